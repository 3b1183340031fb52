using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Web.Tests.House;

/// <summary>Makes a fact of any kind: ones, today and plain texts in every field.</summary>
public static class SampleFacts
{
    public static CaseFact Of(Type kind) => (CaseFact)Make(kind)!;

    private static object? Make(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return "something";
        if (plain == typeof(int)) return 1;
        if (plain == typeof(decimal)) return 1m;
        if (plain == typeof(bool)) return true;
        if (plain == typeof(DateOnly)) return new DateOnly(2026, 3, 10);
        if (plain == typeof(DateTimeOffset)) return SampleCases.Opened;
        if (plain == typeof(Currency)) return Currency.Parse("CNY");
        if (plain == typeof(PolicyReference)) return new PolicyReference("first-days", 1);
        if (plain == typeof(ContactAttempt)) return new ContactAttempt { CommandId = "L-1:3", Number = 1, Template = "friendly-reminder", Result = ContactResult.Deferred };
        if (plain == typeof(LoanTerms)) return SampleCases.Terms("L-1");
        if (plain.IsEnum) return Enum.GetValues(plain).GetValue(0);
        if (plain.IsGenericType) return Array.CreateInstance(plain.GetGenericArguments()[0], 0);
        var constructor = plain.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
    }
}

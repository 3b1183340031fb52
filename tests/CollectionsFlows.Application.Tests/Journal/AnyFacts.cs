using System.Reflection;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Tests.Journal;

/// <summary>One fact of any type, filled with plausible values: a new type of fact is tested without anybody remembering to.</summary>
internal static class AnyFacts
{
    private static readonly Dictionary<Type, object> Values = new()
    {
        [typeof(string)] = "x-1",
        [typeof(int)] = 3,
        [typeof(decimal)] = 12.5m,
        [typeof(bool)] = true,
        [typeof(DateOnly)] = new DateOnly(2026, 2, 28),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2026, 2, 28, 9, 30, 0, TimeSpan.Zero),
        [typeof(Currency)] = Currency.Parse("CNY"),
        [typeof(Breakdown)] = new Breakdown(1m, 2m, 3m, 4m),
        [typeof(PolicyReference)] = new PolicyReference("cn-consumer", 1),
        [typeof(IReadOnlyList<Channel>)] = new[] { Channel.Sms, Channel.Email },
        [typeof(IReadOnlyList<NoticeStop>)] = new[] { NoticeStop.Collection, NoticeStop.Interest },
        [typeof(IReadOnlyList<string>)] = new[] { "call" },
        [typeof(IReadOnlyList<PlanInstalment>)] = new[] { new PlanInstalment(new(2026, 3, 1), 100m) },
        [typeof(IReadOnlyList<PaymentShare>)] = new[] { new PaymentShare("P-1", 12.5m) },
        [typeof(IReadOnlyList<RiskReason>)] = new[] { new RiskReason("days-past-due", 10) },
        [typeof(ContactAttempt)] = new ContactAttempt { CommandId = "L-1:5", Number = 1, Template = "late-notice", Result = ContactResult.Sent, Channel = Channel.Sms, Segments = 2 },
        [typeof(LoanTerms)] = Running.LegalCase.Terms(),
    };

    public static IEnumerable<CaseFact> All() => typeof(CaseFact).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(CaseFact))).Select(Of);

    public static CaseFact Of(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return (CaseFact)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
    }

    private static object Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)! : Values[type];
    }
}

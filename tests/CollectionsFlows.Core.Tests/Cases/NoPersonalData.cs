using System.Collections;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Facts, events and state carry ids and codes, never a person's name, number, address or words (S25).</summary>
public class NoPersonalData
{
    /// <summary>Every text a fact, event or state may hold. A name goes in here only with a reason why nobody can put personal data into it.</summary>
    private static readonly HashSet<string> Ids =
    [
        "LoanId", "BorrowerId", "MessageId", "PaymentId", "PromiseId", "PlanId", "TaskId", "ApprovalId", "CommandId", "RetryOf", "FirstOf", "DossierId", "InputId", "Id", "DebtId", "Reference",
        "By", "DecidedBy", // staff accounts, not borrowers
    ];

    private static readonly HashSet<string> Codes =
    [
        "Product", "Jurisdiction", "TimeZones", "Currency.Code", "Code", "Method", "Name", "Stage", "Step", "Template", "Team", "Kind", "Type", "Change", "Rule",
        "Citations", "Overrides", "Packs", "Language", "Confirmation", "Detail", "Outcome", "StepsOpenAgain", "EarlyReversals", "What", "Content", "WithdrawnCommands", "DebtIds",
        "TextSha256", "Sha256", "DossierSha256", "Address", // an opaque key of the address
    ];

    /// <summary>Sentences: of the engine itself, or of staff in the line of duty (a contract's <c>reason</c>), which intake bounds.</summary>
    private static readonly HashSet<string> Sentences =
    [
        "Why", "Reason", "DecisionReason", "RecallReason", "WithdrawalReason",
    ];

    [Theory]
    [InlineData(typeof(CaseFact))]
    [InlineData(typeof(CaseEvent))]
    [InlineData(typeof(CaseState))]
    public void no_text_outside_the_list(Type root)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var roots = root.GetNestedTypes().Where(type => type.IsSubclassOf(root)).Append(root);
        var seen = new HashSet<Type>();
        foreach (var type in roots)
        {
            Collect(type, found, seen);
        }

        found.ExceptWith(Ids);
        found.ExceptWith(Codes);
        found.ExceptWith(Sentences);
        Assert.Empty(found);
    }

    private static void Collect(Type type, SortedSet<string> found, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        foreach (var nested in type.GetNestedTypes().Where(nested => nested.IsSubclassOf(type)))
        {
            Collect(nested, found, seen);
        }

        foreach (var property in type.GetProperties().Where(property => property.Name is not "EqualityContract" && property.GetIndexParameters().Length == 0))
        {
            foreach (var part in Parts(property.PropertyType))
            {
                if (part == typeof(string))
                {
                    // Attributes and progress are dictionaries of codes: the intake lets only known keys in.
                    if (!typeof(IEnumerable).IsAssignableFrom(property.PropertyType) || !property.PropertyType.Name.Contains("Dictionary", StringComparison.Ordinal))
                    {
                        found.Add(property.Name);
                    }
                }
                else if (part.Namespace?.StartsWith("CollectionsFlows", StringComparison.Ordinal) == true && !part.IsEnum)
                {
                    Collect(part, found, seen);
                }
            }
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Parts(value)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : [type];
}

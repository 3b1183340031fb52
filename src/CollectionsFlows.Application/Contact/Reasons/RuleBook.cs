using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Looks up what rules say by their ids.</summary>
internal sealed class RuleBook
{
    private readonly Dictionary<string, RuleText> texts = new(StringComparer.Ordinal)
    {
        [ContactGate.UnknownZoneId] = new(ContactGate.UnknownZoneId, "The borrower's time zone is missing or unknown, so no hour can be judged", null, null, null),
        [ContactDecisions.NoAddress] = new(ContactDecisions.NoAddress, "No address is known by which the borrower could be reached", null, null, null),
        [ContactDecisions.CarrierLater] = new(ContactDecisions.CarrierLater, "The gate allowed it, the carrier had no room for it: it is tried again", null, null, null),
    };

    public RuleBook(IReadOnlyList<JurisdictionPack> packs)
    {
        foreach (var pack in packs)
        {
            foreach (var rule in pack.Rules)
            {
                Add(rule, rule.Id, rule.Title, pack);
                if (rule is LocalHoursRule { CalendarMissingId: { } missing })
                    Add(rule, missing, $"The calendar of public holidays that {rule.Id} asks for does not reach that far", pack);
            }
        }
    }

    /// <summary>The rule of an id; only the id where no pack at hand has it.</summary>
    public RuleText Of(string id) => texts.GetValueOrDefault(id) ?? new(id, null, null, null, null);

    // A rule of several parts has one id: each part's title says something of its own.
    private void Add(ContactRule rule, string id, string title, JurisdictionPack pack)
    {
        if (texts.TryGetValue(id, out var known))
        {
            var joined = known.Title is { } other && !other.Contains(title, StringComparison.Ordinal) ? $"{other}; {title}" : known.Title;
            texts[id] = known with { Title = joined, Override = known.Override ?? rule.Override };
        }
        else
        {
            texts[id] = new(id, title, rule.Source, rule.Status, $"{pack.Id}@{pack.Version}", rule.Override);
        }
    }
}

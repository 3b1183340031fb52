using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>Packs and the numbers the naive checker has to keep with them.</summary>
internal sealed record LendersPacks(string Name, IReadOnlyList<JurisdictionPack> Packs, NaiveNumbers Numbers)
{
    private static readonly RuleOverride Loosened = new("Example Lender", "agreed with the regulator");

    public static readonly LendersPacks Shipped = new("shipped", PackCatalogue.Shipped().Packs, NaiveNumbers.Regulation);

    /// <summary>A lender who is stricter than the law in most things, and loosened one number on its own account.</summary>
    public static readonly LendersPacks Changed = new(
        "changed",
        [.. Shipped.Packs.Select(pack => pack with { Rules = [.. pack.Rules.Select(Change)] })],
        new NaiveNumbers
        {
            HouseOpens = "10:00", HouseCloses = "18:30", ChineseCallsADay = 1, FederalCallsAWeek = 4, FreshDays = 30, WashingtonAWeek = 2, AustraliaAWeek = 4,
        });

    private static ContactRule Change(ContactRule rule) => rule switch
    {
        LocalHoursRule { Id: "HOUSE-HOURS" } hours => hours with { Weekdays = new LocalWindow(new(10, 0), new(18, 30)) },
        ContactLimitRule { Id: "CN-CALLS-3" } limit => limit with { Limit = 1 },
        CallsPerDebtRule { Id: "US-REGF-7IN7" } calls => calls with { Limit = 4 },
        TextPermissionRule { Id: "US-REGF-SMS-60" } texts => texts with { FreshDays = 30 },
        ContactLimitRule { Id: "US-WA-3WEEK", Limit: 3 } limit => limit with { Limit = 2 },
        ContactLimitRule { Id: "AU-FREQ", Limit: 3 } limit => limit with { Limit = 4, Override = Loosened },
        _ => rule,
    };
}

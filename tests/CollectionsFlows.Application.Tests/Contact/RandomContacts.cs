using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>A contact with all that is known of the borrower, at an instant.</summary>
internal sealed record Scenario(ContactRequest Request, IReadOnlyList<PastContact> History, ContactProfile Profile, DateTimeOffset Now)
{
    /// <summary>Whose numbers hold: the regulation's or a lender's.</summary>
    public LendersPacks Packs { get; init; } = LendersPacks.Shipped;

    public override string ToString() =>
        $"{Now:O} {Packs.Name} {Request}\n zones {string.Join(',', Request.TimeZones)}\n history\n  {string.Join("\n  ", History.OrderBy(h => h.At).Select(h => $"{h} [{string.Join(',', h.DebtIds)}]"))}\n "
        + $"flags {string.Join(',', Profile.Flags)}\n consents {string.Join(',', Profile.Consents)}\n opt-outs {string.Join(',', Profile.OptOuts)}\n wishes {string.Join(',', Profile.Preferences.Select(p => $"{p} {string.Join('+', p.Days ?? [])}"))}";
}

/// <summary>Random borrowers over every jurisdiction, with zones that conflict, clocks that change and histories dense enough to hit the limits.</summary>
internal static class RandomContacts
{
    private static readonly (string Jurisdiction, string[] Zones)[] Places =
    [
        ("CN", ["Asia/Shanghai"]), ("CN", ["Asia/Shanghai", "Asia/Urumqi"]), ("US", ["America/New_York"]), ("US", ["America/New_York", "America/Los_Angeles"]),
        ("US", ["America/Chicago", "America/Phoenix", "Pacific/Honolulu"]), ("US", ["America/New_York", "America/Detroit"]), ("US-MA", ["America/New_York"]),
        ("US-WA", ["America/Los_Angeles"]), ("US-WA", ["America/Los_Angeles", "America/Boise"]), ("GB", ["Europe/London"]), ("EU", ["Europe/Berlin"]), ("EU", ["Europe/Lisbon", "Europe/Athens"]),
        ("IN", ["Asia/Kolkata"]), ("AU", ["Australia/Sydney"]), ("AU", ["Australia/Perth", "Australia/Lord_Howe"]),
    ];

    private static readonly string[] StopFlags =
        ["cease", "opted-out:sms", "opted-out:phone", "attorney", "bankruptcy", "deceased", "identity-theft", "complaint-open", "plan-signed", "disputed", "employer-prohibits"];

    private static readonly string[] OpeningFlags = ["number-checked", "email-notice", "email-prior-collector", "night-agreed", "unreachable", "incapacitated"];

    private static readonly string[] BritishFlags = ["breathing-space", "mental-health-crisis", "nosia-missing", "breathing-space"];

    private static readonly Gen<string?> Addresses = Gen.Elements<string?>(null, "a1", "a1", "a1", "a2");

    // Days on which clocks change, holidays begin or years end, and any others.
    private static readonly Gen<DateTimeOffset> Instants =
        from day in Gen.Frequency(
            (2, Gen.Choose(0, 330).Select(n => new DateTime(2026, 1, 20).AddDays(n))),
            (1, Gen.Elements("2026-03-07", "2026-03-08", "2026-03-28", "2026-03-29", "2026-04-04", "2026-04-05", "2026-10-03", "2026-10-31", "2026-11-01", "2024-02-28", "2024-02-29", "2025-12-31", "2026-01-01", "2026-02-14", "2026-12-30", "2026-12-31", "2027-01-01", "2027-06-01", "2027-12-31", "2028-06-01").Select(DateTime.Parse)))
        from second in Gen.Frequency((2, Gen.Choose(0, 86_399)), (1, Gen.Choose(0, 47).Select(half => half * 1800)), (1, Gen.Choose(1, 47).Select(half => (half * 1800) - 1)), (1, Gen.Choose(0, 46).Select(half => (half * 1800) + 1)))
        select new DateTimeOffset(day.AddSeconds(second), TimeSpan.Zero);

    public static Gen<PastContact> Past(DateTimeOffset now) =>
        from minutes in Gen.Frequency((3, Gen.Choose(1, 3 * 1440)), (3, Gen.Choose(1, 9 * 1440)), (1, Gen.Choose(1, 40 * 1440)))
        from seconds in Gen.Choose(0, 59)
        from channel in Gen.Frequency((4, Gen.Constant(Channel.Phone)), (2, Gen.Constant(Channel.Sms)), (1, Gen.Elements(Channel.Email, Channel.Letter, Channel.Visit)))
        from direction in Gen.Frequency((9, Gen.Constant(Direction.Outbound)), (1, Gen.Constant(Direction.Inbound)))
        from spoken in Gen.Elements(Enum.GetValues<ContactOutcome>())
        from quiet in Gen.Elements(ContactOutcome.NoAnswer, ContactOutcome.NoAnswer, ContactOutcome.Voicemail, spoken)
        from debts in Gen.Frequency((9, Gen.Elements<string[]>(["D1"], ["D1"], ["D2"], ["D2", "D1"])), (1, Gen.Constant<string[]>([])))
        from place in Gen.Elements<Place?>(Place.Home, Place.Mobile, Place.Work, null)
        from address in Addresses
        from text in Gen.Elements<string?>("t1", "t2", "t3")
        from purpose in Gen.Frequency((5, Gen.Constant(Purpose.Collect)), (2, Gen.Constant(Purpose.Confirmation)))
        from recipient in Gen.Frequency((8, Gen.Constant<Recipient?>(null)), (1, Gen.Elements<Recipient?>(Recipient.Debtor, Recipient.ThirdParty, Recipient.Attorney)))
        select new PastContact(
            now.AddMinutes(-minutes).AddSeconds(-seconds), channel, direction, channel == Channel.Phone ? quiet : ContactOutcome.Sent, debts,
            address, place, channel == Channel.Sms ? text : null, purpose, recipient);

    public static Gen<Scenario> Scenarios { get; } =
        from now in Instants
        from place in Gen.Elements(Places)
        from channel in Gen.Frequency((3, Gen.Constant(Channel.Phone)), (2, Gen.Constant(Channel.Sms)), (1, Gen.Elements(Channel.Email, Channel.Visit, Channel.Letter)))
        from purpose in Gen.Frequency((6, Gen.Constant(Purpose.Collect)), (2, Gen.Elements(Purpose.Care, Purpose.Notice)), (1, Gen.Constant(Purpose.Confirmation)))
        from recipient in Gen.Frequency((9, Gen.Constant(Recipient.Debtor)), (1, Gen.Elements(Recipient.Guarantor, Recipient.Attorney, Recipient.Estate)), (2, Gen.Constant(Recipient.ThirdParty)))
        from asksLocation in Gen.Elements(true, true, false)
        from persons in Gen.Elements<int?>(null, 1, 2, 3)
        from role in Gen.Elements(CreditorRole.Collector, CreditorRole.Collector, CreditorRole.Creditor)
        from spot in Gen.Elements<Place?>(Place.Home, Place.Mobile, Place.Work, null)
        from house in Gen.Elements(true, false, false)
        from length in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(0, 5)), (2, Gen.Choose(6, 25)))
        from history in Gen.Frequency((4, Gen.ListOf(Past(now), length)), (1, Burst(now)))
        from flags in Flags(now, place.Jurisdiction)
        from consents in Gen.Choose(0, 3).SelectMany(count => Gen.ListOf(Consent(now), count))
        from optOuts in Gen.Frequency((4, Gen.Constant(new List<OptOut>())), (1, Gen.Choose(1, 2).SelectMany(count => Gen.ListOf(OptOuts(now, channel), count)).Select(list => list.ToList())))
        from packs in Gen.Frequency((5, Gen.Constant(LendersPacks.Shipped)), (1, Gen.Constant(LendersPacks.Changed)))
        from wishes in Gen.Frequency((2, Gen.Constant(new List<BlockedTime>())), (1, Gen.ListOf(Wish(now), 2).Select(list => list.ToList())))
        select new Scenario(
            new ContactRequest
            {
                Channel = channel, Purpose = purpose, Jurisdiction = place.Jurisdiction, CreditorRole = role, DebtId = "D1", Address = channel is Channel.Visit or Channel.Letter ? null : "a1", Place = spot,
                Recipient = recipient, AsksLocationOnly = asksLocation, Persons = channel == Channel.Visit ? persons : null,
                TimeZones = place.Zones, HouseRules = house, TextSha256 = channel == Channel.Sms ? "t1" : null,
            },
            [.. history],
            new ContactProfile { Flags = flags, Consents = [.. consents], OptOuts = optOuts, Preferences = wishes },
            now)
        { Packs = packs };

    /// <summary>The consumer began something in the medium of the contact within the last day and heard nothing since.</summary>
    public static Gen<Scenario> Questions { get; } =
        from s in Scenarios
        from minutes in Gen.Frequency((3, Gen.Choose(1, 300)), (1, Gen.Choose(1, 1500)))
        let asked = s.Now.AddMinutes(-minutes)
        select s with
        {
            History =
            [
                .. s.History.Where(h => h.Channel != s.Request.Channel || h.At < asked),
                new PastContact(asked, s.Request.Channel, Direction.Inbound, s.Request.Channel == Channel.Phone ? ContactOutcome.NoAnswer : ContactOutcome.Sent, ["D1"]),
            ],
        };

    // A day of nothing but calls, as an eager dialler makes them.
    private static Gen<List<PastContact>> Burst(DateTimeOffset now) =>
        from count in Gen.Choose(1, 9)
        from outcome in Gen.Elements(ContactOutcome.Conversation, ContactOutcome.NoAnswer, ContactOutcome.Busy)
        from minutes in Gen.ListOf(Gen.Choose(1, 900), count)
        select minutes.Select(m => new PastContact(now.AddMinutes(-m), Channel.Phone, Direction.Outbound, outcome, ["D1"], "a1", Place.Mobile)).ToList();

    // What stops, what opens a permission, and what only Britain knows.
    private static Gen<ProfileFlag[]> Flags(DateTimeOffset now, string jurisdiction) =>
        from stops in Gen.Frequency((5, Gen.Constant<ProfileFlag[]>([])), (1, Flag(now, StopFlags).Select(flag => new[] { flag })))
        from opens in Gen.Frequency((2, Gen.Constant<ProfileFlag[]>([])), (1, Permit(now).Select(flag => new[] { flag })))
        from british in Gen.Frequency((jurisdiction == "GB" ? 1 : 9, Gen.Constant<ProfileFlag[]>([])), (1, Flag(now, BritishFlags).Select(flag => new[] { flag })))
        select (ProfileFlag[])[.. stops, .. opens, .. british];

    private static Gen<ProfileFlag> Flag(DateTimeOffset now, string[] names) =>
        from name in Gen.Elements(names)
        from hours in Gen.Frequency((3, Gen.Choose(-60, 60)), (1, Gen.Choose(-24 * 70, 0)))
        from length in Gen.Elements<int?>(null, 5, 50, 24 * 90)
        from debt in Gen.Elements<string?>(null, null, "D1", "D2")
        select new ProfileFlag(name, now.AddHours(hours), length is { } l ? now.AddHours(hours + l) : null, debt);

    private static Gen<ProfileFlag> Permit(DateTimeOffset now) =>
        from name in Gen.Elements(OpeningFlags)
        from hours in Gen.Choose(-24 * 70, 30)
        from length in Gen.Elements<int?>(null, null, 30, 24 * 40)
        select new ProfileFlag(name, now.AddHours(hours), length is { } l ? now.AddHours(hours + l) : null);

    private static Gen<OptOut> OptOuts(DateTimeOffset now, Channel medium) =>
        from channel in Gen.Elements(medium, medium, Channel.Sms, Channel.Email)
        from address in Addresses
        from hours in Gen.Choose(-24 * 20, 20)
        select new OptOut(channel, address, now.AddHours(hours));

    private static Gen<Consent> Consent(DateTimeOffset now) =>
        from channel in Gen.Elements(Channel.Phone, Channel.Sms, Channel.Email)
        from address in Gen.Elements<string?>(null, "a1", "a2")
        from hours in Gen.Frequency((1, Gen.Choose(-20, 24 * 10)), (1, Gen.Choose(0, 24 * 70)))
        select new Consent(channel, address, now.AddHours(-hours));

    private static Gen<BlockedTime> Wish(DateTimeOffset now) =>
        from days in Gen.Elements<DayOfWeek[]?>(null, [DayOfWeek.Monday], [DayOfWeek.Saturday, DayOfWeek.Sunday], [now.DayOfWeek])
        from hours in Gen.Elements<(int From, int To)?>((9, 17), (18, 8), (22, 6), (1, 3), (0, 12), null)
        from channel in Gen.Elements<Channel?>(null, Channel.Phone)
        from until in Gen.Elements<int?>(null, 2, -1, 20)
        select new BlockedTime(
            days, hours is { } f ? new TimeOnly(f.From, 0) : null, hours is { } t ? new TimeOnly(t.To, 0) : null, channel, null,
            until is { } n ? DateOnly.FromDateTime(now.UtcDateTime).AddDays(n) : null);
}

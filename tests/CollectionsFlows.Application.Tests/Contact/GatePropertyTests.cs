using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>The gate against the naive checker, and what must hold whatever the rules say.</summary>
public class GatePropertyTests
{
    private static readonly IReadOnlyList<JurisdictionPack> Packs = PackCatalogue.Shipped().Packs;

    private static Verdict Judge(Scenario s) => ContactGate.Judge(s.Request, s.History, s.Profile, Packs, s.Now);

    private static void Holds(int tests, Func<Scenario, bool> property, Gen<Scenario>? scenarios = null) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll((scenarios ?? RandomContacts.Scenarios).ToArbitrary(), property));

    private static bool AgreesWithTheNaiveChecker(Scenario s)
    {
        var verdict = Judge(s);
        var blocking = new NaiveChecker(s.Request, s.History, s.Profile).Blocking(s.Now);
        if (verdict.Kind == VerdictKind.Allow)
            return blocking.Count == 0;
        // The location rule is a part of the hours; the deciding rule may bite only later.
        var cited = verdict.Citations.Select(Family).ToHashSet();
        if (!blocking.Contains(Family(verdict.Rule!)))
            cited.Remove(Family(verdict.Rule!));
        return blocking.Count > 0 && cited.SetEquals(blocking);

        static string Family(string id) => id == "US-REGF-LOCATION" ? "US-REGF-HOURS" : id;
    }

    [Fact]
    public void the_gate_allows_exactly_what_the_naive_checker_allows_and_cites_what_it_blocks_by() => Holds(4000, AgreesWithTheNaiveChecker);

    /// <summary>Draws that once fell: a call by day in one zone was answered at night there, because it had come at night in another.</summary>
    [Theory]
    [InlineData(14255347819938100943, 15475956444468938829, 61)]
    [InlineData(3181354033783033052, 8859227247415182311, 84)]
    public void what_once_fell_stands(ulong seed, ulong gamma, int size) =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(seed, gamma, size).WithMaxTest(1), Prop.ForAll(RandomContacts.Scenarios.ToArbitrary(), AgreesWithTheNaiveChecker));

    [Fact]
    public void the_gate_answers_what_the_consumer_began_where_the_naive_checker_does() => Holds(3000, AgreesWithTheNaiveChecker, RandomContacts.Questions);

    [Fact]
    public void a_deferral_ends_at_the_first_instant_the_naive_checker_allows() => Holds(300, IsDeferredToTheFirstInstant);

    [Fact]
    public void a_deferral_of_an_answer_ends_at_the_first_instant_the_naive_checker_allows() => Holds(60, IsDeferredToTheFirstInstant, RandomContacts.Questions);

    private static bool IsDeferredToTheFirstInstant(Scenario s)
    {
        var verdict = Judge(s);
        if (verdict is not { Kind: VerdictKind.Defer, Until: { } until })
            return true;
        var checker = new NaiveChecker(s.Request, s.History, s.Profile);
        // Minute by minute for a day and more, at most 2000 steps in all beyond.
        var step = Math.Max(1, (int)((until - s.Now).TotalMinutes / 2000));
        for (var t = s.Now.AddSeconds(-s.Now.Second); t < until; t = t.AddMinutes(step))
            if (t >= s.Now && checker.Blocking(t).Count == 0)
                return false;
        return checker.Blocking(until).Count == 0 && checker.Blocking(until.AddSeconds(-1)).Count > 0;
    }

    [Fact]
    public void what_is_forbidden_stays_blocked_for_a_fortnight() => Holds(400, s =>
    {
        var checker = new NaiveChecker(s.Request, s.History, s.Profile);
        return Judge(s).Kind != VerdictKind.Forbid || Enumerable.Range(0, 14 * 24 * 2).All(half => checker.Blocking(s.Now.AddMinutes(half * 30)).Count > 0);
    });

    [Fact]
    public void at_the_end_of_a_deferral_the_gate_allows_and_a_tick_before_it_defers() => Holds(2000, s =>
    {
        if (Judge(s).Until is not { } until)
            return true;
        return Judge(s with { Now = until }).Kind == VerdictKind.Allow && Judge(s with { Now = until.AddTicks(-1) }).Until == until;
    });

    /// <summary>
    /// Exceptions, by rule: what the consumer begins opens an answer and permits texts and e-mails; another SMS text between makes the
    /// first one sendable again (HOUSE-VARY). Everything else can only block more.
    /// </summary>
    [Fact]
    public void more_history_never_turns_a_block_into_an_allow()
    {
        var more = from s in RandomContacts.Scenarios
                   from past in RandomContacts.Past(s.Now)
                   select (Scenario: s, Past: past with { Direction = Direction.Outbound, TextSha256 = null, Channel = past.Channel == Channel.Sms ? Channel.Phone : past.Channel });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(more.ToArbitrary(), x =>
        {
            var (before, after) = (Judge(x.Scenario), Judge(x.Scenario with { History = [.. x.Scenario.History, x.Past] }));
            return after.Kind >= before.Kind && !(after.Until < before.Until);
        }));
    }

    [Fact]
    public void a_pack_more_never_allows_more() => Holds(1500, s =>
    {
        var all = Judge(s);
        return Enumerable.Range(0, Packs.Count).All(without =>
        {
            var fewer = ContactGate.Judge(s.Request, s.History, s.Profile, [.. Packs.Where((_, i) => i != without)], s.Now);
            return fewer.Kind <= all.Kind && !(all.Until < fewer.Until);
        });
    });

    [Fact]
    public void the_random_contacts_reach_the_rules()
    {
        // Otherwise the properties above would say little.
        var cited = RandomContacts.Scenarios.Sample(12_000).SelectMany(s => Judge(s).Citations).ToHashSet();
        string[] wanted =
        [
            "HOUSE-HOURS", "CN-NIGHT", "US-REGF-HOURS", "US-REGF-LOCATION", "US-REGF-INCONVENIENT", "US-WA-HOURS", "IN-HOURS", "AU-HOURS", "GB-REASONABLE", "PREFERENCES",
            "HOUSE-3ON-2OFF", "HOUSE-VARY", "CN-CALLS-3", "CN-ATTEMPTS-6", "US-REGF-7IN7", "US-REGF-7AFTER", "US-MA-2IN7", "US-WA-3WEEK", "AU-FREQ",
            "CEASE", "OPT-OUT", "ATTORNEY", "BANKRUPTCY", "COMPLAINT-OPEN", "CN-CARD-PLAN", "US-VALIDATION", "EMPLOYER", "US-REGF-EMAIL", "US-REGF-SMS-60",
        ];
        Assert.Empty(wanted.Except(cited));
    }

    [Fact]
    public void the_order_of_the_ledger_does_not_matter() => Holds(1000, s =>
    {
        var (one, other) = (Judge(s), Judge(s with { History = [.. s.History.Reverse()] }));
        return one.Kind == other.Kind && one.Until == other.Until && one.Rule == other.Rule && one.Citations.SequenceEqual(other.Citations);
    });
}

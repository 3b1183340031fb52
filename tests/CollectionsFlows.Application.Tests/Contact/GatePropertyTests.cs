using System.Globalization;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>The gate against the naive checker, and what must hold whatever the rules say.</summary>
public class GatePropertyTests
{
    private static Verdict Judge(Scenario s) => ContactGate.Judge(s.Request, s.History, s.Profile, s.Packs.Packs, s.Now);

    private static NaiveChecker Checker(Scenario s) => new(s.Request, s.History, s.Profile, s.Packs.Numbers);

    // COLLECTIONS_GATE_CASES=25 runs every property 25 times as long.
    private static int Longer(int tests) => tests * int.Parse(Environment.GetEnvironmentVariable("COLLECTIONS_GATE_CASES") ?? "1", CultureInfo.InvariantCulture);

    private static void Holds(int tests, Func<Scenario, bool> property, Gen<Scenario>? scenarios = null) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Longer(tests)), Prop.ForAll((scenarios ?? RandomContacts.Scenarios).ToArbitrary(), property));

    private static bool AgreesWithTheNaiveChecker(Scenario s)
    {
        var verdict = Judge(s);
        var blocking = Checker(s).Blocking(s.Now).Select(Family).ToHashSet();
        if (verdict.Kind == VerdictKind.Allow)
            return blocking.Count == 0;
        // The location rule is a part of the hours; the deciding rule may bite only later; of two zones one may lack its calendar.
        var cited = verdict.Citations.Select(Family).ToHashSet();
        if (!blocking.Contains(Family(verdict.Rule!)))
            cited.Remove(Family(verdict.Rule!));
        return blocking.Count > 0 && cited.SetEquals(blocking);

        static string Family(string id) => id == "US-REGF-LOCATION" ? "US-REGF-HOURS" : id.Replace("-CALENDAR-MISSING", "-HOURS", StringComparison.Ordinal);
    }

    [Fact]
    public void the_gate_allows_exactly_what_the_naive_checker_allows_and_cites_what_it_blocks_by() => Holds(4000, AgreesWithTheNaiveChecker);

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
        var checker = Checker(s);
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
        var checker = Checker(s);
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
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Longer(3000)), Prop.ForAll(more.ToArbitrary(), x =>
        {
            var (before, after) = (Judge(x.Scenario), Judge(x.Scenario with { History = [.. x.Scenario.History, x.Past] }));
            return after.Kind >= before.Kind && !(after.Until < before.Until);
        }));
    }

    [Fact]
    public void a_pack_more_never_allows_more() => Holds(1500, s =>
    {
        var all = Judge(s);
        return Enumerable.Range(0, s.Packs.Packs.Count).All(without =>
        {
            var fewer = ContactGate.Judge(s.Request, s.History, s.Profile, [.. s.Packs.Packs.Where((_, i) => i != without)], s.Now);
            return fewer.Kind <= all.Kind && !(all.Until < fewer.Until);
        });
    });

    // The federal hours lie within Washington's: they decide wherever these block.
    private static readonly string[] Implied = ["US-WA-HOURS"];

    /// <summary>Otherwise the properties here would say little.</summary>
    [Fact]
    public void every_rule_that_can_block_decides_some_random_contact_and_is_the_only_one_to_block_another()
    {
        var (decided, alone, cited) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        for (var round = 0; round < 60 && AllRules.Except(Implied).Any(id => !decided.Contains(id) || !alone.Contains(id)); round++)
            foreach (var verdict in RandomContacts.Scenarios.Sample(10_000).Select(Judge).Where(verdict => verdict.Kind != VerdictKind.Allow))
            {
                decided.Add(verdict.Rule!);
                cited.UnionWith(verdict.Citations);
                if (verdict.Citations is [var only])
                    alone.Add(only);
            }

        Assert.Empty(AllRules.Except(decided).Except(Implied));
        Assert.Empty(AllRules.Except(alone).Except(Implied));
        Assert.Empty(AllRules.Except(cited));
    }

    // Duties block nothing; a missing calendar is cited by an id of its own.
    private static IEnumerable<string> AllRules => PackCatalogue.Shipped().Packs.SelectMany(pack => pack.Rules).Where(rule => rule is not DutyRule)
        .SelectMany(rule => rule is LocalHoursRule { CalendarMissingId: { } id } ? new[] { rule.Id, id } : [rule.Id]).Distinct();

    [Fact]
    public void what_a_lender_loosened_is_named_in_every_verdict_it_bound() => Holds(2000, s =>
        Judge(s).Overrides.SequenceEqual(s.Packs == LendersPacks.Changed && s.Request.Jurisdiction == "AU" ? ["AU-FREQ"] : []));

    [Fact]
    public void the_order_of_the_ledger_does_not_matter() => Holds(1000, s =>
    {
        var (one, other) = (Judge(s), Judge(s with { History = [.. s.History.Reverse()] }));
        return one.Kind == other.Kind && one.Until == other.Until && one.Rule == other.Rule && one.Citations.SequenceEqual(other.Citations);
    });
}

using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using Xunit.Abstractions;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>2 000 loans over 180 days in five jurisdictions: whatever the whole system sends is lawful by rules and a ledger that share nothing with it.</summary>
public sealed class LawfulReplayTests(ITestOutputHelper output)
{
    private const ulong Seed = 20260105;

    private static readonly IReadOnlyList<JurisdictionPack> Packs = PackCatalogue.Shipped().Packs;

    // By then every loan is enrolled: before, nobody knows the other zone that a borrower's next loan will name.
    private static readonly DateTimeOffset Settled = new(LawfulPortfolio.From.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    // All at once, and once for all tests.
    private static readonly Dictionary<string, Task<LawfulRun>> Runs = new[] { "CN", "US", "GB", "IN", "AU" }.ToDictionary(
        country => country, country => Task.Run(() => LawfulRun.OfAsync(LawfulPortfolio.Of(country, country == "US" ? 402 : 400, Seed), Packs)));

    [Theory]
    [InlineData("CN")]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("IN")]
    [InlineData("AU")]
    public async Task nothing_that_was_sent_breaks_a_rule(string country)
    {
        var run = await Runs[country];
        Summarise(run);
        Assert.Empty(run.Sent.Select(message => (message, Rules: run.Broken(message))).Where(judged => judged.Rules.Count > 0)
            .Select(judged => $"{string.Join(' ', judged.Rules)}: {judged.message.Stored.CommandId} {judged.message.Stored.Template} {judged.message.Stored.Channel} {judged.message.At:O}").Take(20));
    }

    [Theory]
    [InlineData("CN")]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("IN")]
    [InlineData("AU")]
    public async Task what_was_deferred_was_blocked_until_just_then(string country)
    {
        var run = await Runs[country];
        var wrong = run.Tried.Where(tried => tried.Verdict == "deferred" && tried.At > Settled).Where((_, number) => number % 3 == 0).ToList();
        Assert.NotEmpty(wrong);
        wrong.RemoveAll(tried =>
        {
            var checker = run.Checker(tried);
            var until = tried.Until!.Value;
            // A breathing space is told in dates, and ends where on earth the day begins last: up to a day later than at the borrower's.
            bool IsBlocked(DateTimeOffset at) => checker.Blocking(at).Count > 0 || (tried.Rule == "GB-BREATHING" && checker.Blocking(at.AddDays(-1)).Count > 0);
            return IsBlocked(tried.At) && IsBlocked(until.AddSeconds(-1)) && checker.Blocking(until).Count == 0;
        });
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("CN")]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("IN")]
    [InlineData("AU")]
    public async Task what_was_forbidden_was_blocked_for_a_fortnight(string country)
    {
        var run = await Runs[country];
        // Where there was no address nobody was asked, and the wording of what was not sent is not known.
        var wrong = run.Tried.Where(tried => tried.Verdict == "forbidden" && tried.Rule is not ("NO-ADDRESS" or "HOUSE-VARY")).Where((_, number) => number % 7 == 0).Take(20).ToList();
        Assert.NotEmpty(wrong);
        wrong.RemoveAll(tried =>
        {
            var checker = run.Checker(tried);
            return Enumerable.Range(0, 56).All(quarter => checker.Blocking(tried.At.AddHours(quarter * 6)).Count > 0);
        });
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("CN", "HOUSE-HOURS", "PREFERENCES", "OPT-OUT", "CEASE", "ATTORNEY", "BANKRUPTCY", "COMPLAINT-OPEN")]
    [InlineData("US", "HOUSE-HOURS", "US-REGF-INCONVENIENT", "OPT-OUT", "US-REGF-SMS-60", "US-MA-2IN7", "US-WA-3WEEK")]
    [InlineData("GB", "HOUSE-HOURS", "GB-REASONABLE", "OPT-OUT", "GB-BREATHING")]
    [InlineData("IN", "HOUSE-HOURS", "PREFERENCES", "OPT-OUT")]
    [InlineData("AU", "HOUSE-HOURS", "PREFERENCES", "OPT-OUT", "AU-FREQ")]
    public async Task the_replay_is_no_walk_in_the_park(string country, params string[] rules)
    {
        var run = await Runs[country];
        Assert.InRange(run.Sent.Count, 800, int.MaxValue);
        Assert.InRange(run.Tried.Count(tried => tried.Verdict == "deferred"), 200, int.MaxValue);
        Assert.InRange(run.Tried.Count(tried => tried.Verdict == "forbidden"), 100, int.MaxValue);
        Assert.Equal(run.Sent.Count, run.Tried.Count(tried => tried.Verdict == "sent"));
        // The rule that decides is often another: a week that ends at midnight ends in the night.
        Assert.Empty(rules.Except(run.Tried.Where(tried => tried.Verdict is "deferred" or "forbidden" && tried.Channel is not null).SelectMany(tried => run.Checker(tried).Blocking(tried.At))));
    }

    [Theory]
    [InlineData("CN", "HOUSE-HOURS")]
    [InlineData("CN", "OPT-OUT")]
    [InlineData("IN", "PREFERENCES")]
    [InlineData("GB", "GB-BREATHING")]
    [InlineData("AU", "AU-FREQ")]
    [InlineData("US", "US-REGF-SMS-60")]
    [InlineData("US", "US-MA-2IN7")]
    [InlineData("US", "US-WA-3WEEK")]
    public async Task a_gate_without_a_rule_is_caught(string country, string rule)
    {
        IReadOnlyList<JurisdictionPack> without = [.. Packs.Select(pack => pack with { Rules = [.. pack.Rules.Where(other => other.Id != rule)] })];
        var run = await LawfulRun.OfAsync(LawfulPortfolio.Of(country, 120, Seed), without);
        Assert.Equal([rule], run.Sent.SelectMany(run.Broken).Distinct());
    }

    private void Summarise(LawfulRun run)
    {
        output.WriteLine($"{run.Country}: {run.Sent.Count} messages; {string.Join(", ", run.Tried.GroupBy(tried => $"{tried.Verdict} {tried.Rule}").OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}"))}");
        output.WriteLine($"  {string.Join(", ", run.Sent.GroupBy(message => $"{message.Stored.Template} {message.Purpose}/{message.Stored.Attempt!.Judged!.Request.Purpose}").Select(group => $"{group.Key} {group.Count()}"))}");
    }
}

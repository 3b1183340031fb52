using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;
using static CollectionsFlows.Core.Tests.Policies.Samples;

namespace CollectionsFlows.Core.Tests.Policies;

public class RuleValidationTests
{
    private static readonly Waterfall Principal = new() { Order = [Component.Principal, Component.Interest, Component.Fee, Component.Penalty] };

    [Fact]
    public void identity_is_checked() =>
        Assert.Equal(
            ["$.schemaVersion", "$.name", "$.version", "$.title", "$.language", "$.jurisdictions[1]", "$.jurisdictions[2]"],
            Paths(Sound with { SchemaVersion = 2, Name = "A b", Version = 0, Title = " ", Language = "english", Jurisdictions = ["US", "US", "usa"] }).Where(path => !path.StartsWith("$.steps", StringComparison.Ordinal)));

    [Theory]
    [InlineData("1-30:1-30 31+:31-")]
    [InlineData("all:1-")]
    public void buckets_without_gap_or_overlap_are_right(string buckets) => Assert.Empty(Paths(Buckets(buckets)));

    [Theory]
    [InlineData("", "$.account.buckets")]
    [InlineData("a:0-30 b:31-", "$.account.buckets[0].from")]
    [InlineData("a:2-30 b:31-", "$.account.buckets[0].from")]
    [InlineData("a:1-30 b:32-", "$.account.buckets[1].from")]
    [InlineData("a:1-30 b:30-", "$.account.buckets[1].from")]
    [InlineData("a:1-30 b:31-60", "$.account.buckets[1].to")]
    [InlineData("a:1- b:31-", "$.account.buckets[1]")]
    [InlineData("a:1-0 b:1-", "$.account.buckets[0].to")]
    [InlineData("a:1-30 a:31-", "$.account.buckets[1].name")]
    public void buckets_cover_every_day_once(string buckets, string path) => Assert.Equal([path], Paths(Buckets(buckets)));

    [Fact]
    public void a_waterfall_has_each_component_once()
    {
        Assert.Equal(["$.account.waterfall.order"], Paths(Waterfall(Component.Penalty, Component.Fee, Component.Interest)));
        Assert.Equal(["$.account.waterfall.order"], Paths(Waterfall(Component.Penalty, Component.Fee, Component.Interest, Component.Interest)));
        Assert.Empty(Paths(Waterfall(Component.Fee, Component.Penalty, Component.Principal, Component.Interest)));
    }

    [Fact]
    public void an_exception_has_a_condition_and_can_apply()
    {
        Assert.Equal(["$.account.exceptions[0]"], Paths(Exceptions(new WaterfallException { Waterfall = Principal })));
        Assert.Equal(["$.account.exceptions[1]"], Paths(Exceptions(From(60), From(90))));
        Assert.Equal(["$.account.exceptions[0].minDaysPastDue"], Paths(Exceptions(From(0))));
        Assert.Equal(["$.account.exceptions[0].waterfall.order"], Paths(Exceptions(From(90) with { Waterfall = new() { Order = [] } })));
        Assert.Empty(Paths(Exceptions(From(90), From(60), new WaterfallException { AfterWriteOff = true, Waterfall = Principal })));
    }

    [Fact]
    public void numbers_are_in_range() =>
        Assert.Equal(
            [
                "$.entry.minDaysPastDue", "$.entry.minOverdue", "$.exit.curedAtOverdue", "$.account.penaltyDaysInYear", "$.promise.keptAtLeast", "$.promise.graceDays",
                "$.promise.maxDaysAhead", "$.plan.graceDays", "$.plan.missedToBreak", "$.plan.reviewEveryDays", "$.plan.maxInstalments", "$.risk.highFrom", "$.legal.costOfSuit",
                "$.legal.expectedRecovery", "$.reviewEveryDays",
            ],
            Paths(Sound with
            {
                Entry = new() { MinDaysPastDue = 0, MinOverdue = -1 },
                Exit = new() { CuredAtOverdue = -1 },
                Account = new() { PenaltyDaysInYear = 364 },
                Promise = new() { KeptAtLeast = 0, GraceDays = -1, MaxDaysAhead = 0 },
                Plan = new() { GraceDays = -1, MissedToBreak = 0, ReviewEveryDays = 0, MaxInstalments = 0 },
                Risk = new() { MediumFrom = 30, HighFrom = 101 },
                Legal = new() { CostOfSuit = -1, ExpectedRecovery = 1.01m },
                ReviewEveryDays = 0,
            }));

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4.99, true)]
    [InlineData(0, 0, true)]
    public void a_loan_is_not_cured_the_moment_it_enters(double minOverdue, double cured, bool sound) =>
        Assert.Equal(sound, Paths(Sound with { Entry = new() { MinOverdue = (decimal)minOverdue }, Exit = new() { CuredAtOverdue = (decimal)cured } }).Length == 0);

    [Fact]
    public void bands_are_in_order() => Assert.Equal(["$.risk"], Paths(Sound with { Risk = new RiskRules { MediumFrom = 60, HighFrom = 60 } }));

    [Fact]
    public void templates_named_by_rules_exist() =>
        Assert.Equal(
            ["$.promise.reminderTemplate", "$.promise.brokenTemplate", "$.plan.missedTemplate"],
            Paths(Sound with { Promise = new() { ReminderTemplate = "x", BrokenTemplate = "care-hello" }, Plan = new() { MissedTemplate = "goodbye" } }));

    [Fact]
    public void an_error_says_where_what_and_what_would_be_right() =>
        Assert.Equal("$.account.penaltyDaysInYear: 364 is no day count; expected 360 or 365", Assert.Single(PolicyValidation.Check(Sound with { Account = new() { PenaltyDaysInYear = 364 } }, Templates)).ToString());

    private static Policy Buckets(string text) => Sound with { Account = new() { Buckets = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Bucket)] } };

    // "name:from-to", an open end with nothing after the hyphen; a name may hold hyphens.
    private static AgeBucket Bucket(string text)
    {
        var (name, range) = (text.Split(':')[0], text.Split(':')[1].Split('-'));
        return new AgeBucket(name, int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture), range[1].Length == 0 ? null : int.Parse(range[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Policy Waterfall(params Component[] order) => Sound with { Account = new() { Waterfall = new() { Order = order } } };

    private static Policy Exceptions(params WaterfallException[] exceptions) => Sound with { Account = new() { Exceptions = exceptions } };

    private static WaterfallException From(int daysPastDue) => new() { MinDaysPastDue = daysPastDue, Waterfall = Principal };

    private static string[] Paths(Policy policy) => [.. PolicyValidation.Check(policy, Templates).Select(error => error.Path)];
}

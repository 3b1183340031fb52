using System.Text;
using System.Text.Json.Nodes;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Policies;

public class ShippedPolicyTests
{
    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();

    public static TheoryData<string> Names => [.. Catalogue.All().Select(entry => entry.Policy.Name).Distinct()];

    public static TheoryData<string> Ladders => [.. Catalogue.All().Select(entry => entry.Policy.Name).Distinct().Where(name => name != "care-only")];

    [Fact]
    public void every_policy_the_requirements_name_is_shipped()
    {
        string[] required =
        [
            "au-consumer", "care-only", "cn-consumer", "cn-consumer-short", "eu-consumer", "first-days", "gb-consumer", "in-consumer", "us-collector", "us-creditor",
        ];

        Assert.Empty(required.Except(Catalogue.All().Select(entry => entry.Policy.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void a_policy_written_and_read_again_is_the_same(string name)
    {
        var policy = Policy(name);
        var again = PolicyFile.Check(Encoding.UTF8.GetBytes(PolicyFile.Write(policy)), Catalogue.Templates);

        Assert.Empty(again.Errors);
        Assert.Equivalent(policy, again.Policy, strict: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void nothing_the_file_says_is_lost_in_reading(string name)
    {
        var said = JsonNode.Parse(Catalogue.Find(name)!.Text);
        var read = JsonNode.Parse(PolicyFile.Write(Policy(name)));

        Assert.Empty(Lost(said, read, "$"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void a_policy_cites_its_sources_and_refers_to_the_schema(string name)
    {
        Assert.NotEmpty(Policy(name).Sources);
        Assert.Equal("policy.schema.json", Policy(name).Schema);
    }

    [Theory] // S3
    [MemberData(nameof(Ladders))]
    public void a_ladder_has_the_four_rungs_of_the_process(string name)
    {
        var policy = Policy(name);

        Assert.Contains(policy.Steps, step => Day(policy, step) is >= 1 and <= 5 && step.Do.Notify is not null);
        Assert.Contains(policy.Steps, step => Day(policy, step) == 30 && step.Do.Notify is { } notify && Catalogue.Templates.Find(notify.Template, policy.Language)!.ExplainsCharges);
        Assert.Contains(policy.Steps, step => Day(policy, step) == 60 && step.Do.Task is { Kind: "call" });
        Assert.Contains(policy.Steps, step => Day(policy, step) >= 90 && step.Do.Task is { Kind: "hand-over" });
    }

    [Theory] // S19, S20
    [MemberData(nameof(Ladders))]
    public void court_comes_after_a_lawyers_letter_and_write_off_after_an_approval(string name)
    {
        var policy = Policy(name);
        var legal = Assert.Single(policy.Steps, step => step.Do.Approval?.Subject == ApprovalSubject.Legal);

        Assert.Equal("lawyers-letter", policy.Steps.Single(step => step.Id == legal.At.After).Do.Task!.Kind);
        Assert.Single(policy.Steps, step => step.Do.Approval?.Subject == ApprovalSubject.WriteOff);
    }

    [Theory] // S16
    [MemberData(nameof(Ladders))]
    public void a_borrower_out_of_reach_for_three_months_is_evaluated_for_a_suit(string name) =>
        Assert.Contains(Policy(name).Steps, step => step is { When: { Answered: false, MinTries: > 0 }, Do.Task.Kind: "evaluate-suit" } && Day(Policy(name), step) >= 90);

    [Fact] // US-VALIDATION, 12 CFR 1006.18(e)
    public void whenever_a_debt_is_placed_a_collector_begins_with_the_first_notice_and_the_case_adds_the_validation_notice()
    {
        var steps = Policy("us-collector").Steps;

        Assert.Equal(["first-notice"], steps.Where(step => step.At.DaysPastDue is not null).Select(step => step.Id));
        Assert.DoesNotContain(steps, step => step.Do.Task?.Kind == "send-validation-notice");
    }

    [Fact]
    public void a_case_that_entered_with_the_first_version_of_a_policy_finds_it_and_its_steps_come_on_the_same_days()
    {
        var first = Catalogue.Find(new PolicyReference("us-collector", 1))!;
        var latest = Policy("us-collector");

        Assert.Equal(2, latest.Version);
        Assert.Equal(
            first.Steps.Where(step => step.Id != "validation-notice").Select(step => (step.Id, Day(first, step))),
            latest.Steps.Select(step => (step.Id, Day(latest, step))));
    }

    [Fact]
    public void the_short_variant_escalates_after_three_days_without_a_response() // S4
    {
        var policy = Policy("cn-consumer-short");
        var escalation = policy.Steps.Single(step => step.Id == "no-response");

        Assert.Equal(new StepTrigger { After = "arrears-notice", DelayDays = 3 }, escalation.At);
        Assert.Equal("second-line", escalation.Stage);
        Assert.False(escalation.When.Answered);
    }

    [Theory]
    [InlineData("us-creditor", 120)]
    [InlineData("us-creditor-open-end", 180)]
    public void us_loans_are_charged_off_at_the_conventional_day(string name, int daysPastDue) =>
        Assert.Equal(daysPastDue, Policy(name).Steps.Single(step => step.Do.Approval?.Subject == ApprovalSubject.WriteOff).At.DaysPastDue);

    [Fact]
    public void the_chinese_waterfall_turns_to_principal_at_90_days_and_after_write_off()
    {
        var exceptions = Policy("cn-consumer").Account.Exceptions;

        Assert.Contains(exceptions, exception => exception is { MinDaysPastDue: 90, AfterWriteOff: false } && exception.Waterfall.Order[0] == Component.Principal);
        Assert.Contains(exceptions, exception => exception is { AfterWriteOff: true } && exception.Waterfall.Order[0] == Component.Principal);
    }

    [Fact]
    public void care_only_asks_30_14_and_3_days_before_and_never_collects() // S1, S2
    {
        var policy = Policy("care-only");

        Assert.Equal([-30, -14, -3], policy.Steps.Select(step => step.At.DaysPastDue));
        Assert.All(policy.Steps, step => Assert.Equal(Purpose.Care, Catalogue.Templates.Find(step.Do.Notify!.Template, "en-US")!.Purpose));
    }

    [Fact]
    public void members_a_file_leaves_out_have_their_declared_defaults()
    {
        var policy = Policy("care-only");

        Assert.Equal(0.95m, policy.Promise.KeptAtLeast);
        Assert.Equal(1, policy.Entry.MinDaysPastDue);
        Assert.Equal([Component.Penalty, Component.Fee, Component.Interest, Component.Principal], policy.Account.Waterfall.Order);
        Assert.Equal(new TimeOnly(10, 0), policy.StepsAt);
    }

    [Fact]
    public void every_kind_of_condition_occurs()
    {
        var conditions = Catalogue.All().SelectMany(entry => entry.Policy.Steps).Select(step => step.When).ToList();

        Assert.Contains(conditions, when => when.Risk is not null);
        Assert.Contains(conditions, when => when.MinOverdue is not null);
        Assert.Contains(conditions, when => when.MaxOverdue is not null);
        Assert.Contains(conditions, when => when.MinTries is not null);
        Assert.Contains(conditions, when => when.MaxTries is not null);
        Assert.Contains(conditions, when => when.Answered is not null);
        Assert.Contains(conditions, when => when.MinDaysPastDue is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void every_message_of_a_policy_exists_in_both_languages(string name)
    {
        var policy = Policy(name);
        string?[] templates = [.. policy.Steps.Select(step => step.Do.Notify?.Template), policy.Plan.MissedTemplate, policy.Promise.ReminderTemplate, policy.Promise.BrokenTemplate];

        foreach (var template in templates.OfType<string>())
            Assert.All(["en-US", "zh-CN"], language => Assert.NotNull(Catalogue.Templates.Find(template, language)));
    }

    /// <summary>The days past due at which a step is taken when those before it were taken on their day.</summary>
    private static int Day(Policy policy, LadderStep step) =>
        step.At.DaysPastDue ?? (step.At.DelayDays!.Value + Day(policy, policy.Steps.Single(followed => followed.Id == step.At.After)));

    private static Policy Policy(string name) => Catalogue.Find(name)!.Policy;

    /// <summary>The paths of everything in <paramref name="said"/> that <paramref name="read"/> does not say.</summary>
    private static IEnumerable<string> Lost(JsonNode? said, JsonNode? read, string path) => (said, read) switch
    {
        (JsonObject from, JsonObject to) => from.SelectMany(member => Lost(member.Value, to[member.Key], $"{path}.{member.Key}")),
        (JsonArray from, JsonArray to) when from.Count == to.Count => from.Zip(to).SelectMany((pair, index) => Lost(pair.First, pair.Second, $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(said, read) ? [] : [path],
    };
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Policies.Samples;

namespace CollectionsFlows.Core.Tests.Policies;

public class StepValidationTests
{
    [Fact]
    public void a_sound_policy_has_no_errors() => Assert.Empty(PolicyValidation.Check(Sound, Templates));

    [Fact]
    public void a_policy_needs_stages_and_steps() =>
        Assert.Equal(["$.stages", "$.steps"], Paths(Sound with { Stages = [], Steps = [] }));

    [Fact]
    public void stages_and_steps_have_names_of_their_own()
    {
        Assert.Equal(["$.stages[3].name"], Paths(Sound with { Stages = [.. Sound.Stages, new("early", "team")] }));
        Assert.Equal(["$.steps[3].id"], Paths(With(2, step => step with { Id = "write-off" }))); // The second of the two.
    }

    [Theory]
    [InlineData("")]
    [InlineData("Early")]
    [InlineData("a b")]
    [InlineData("a--b")]
    [InlineData("call\n")]
    public void a_name_is_kebab_case(string name) => Assert.Equal(["$.steps[2].id"], Paths(With(2, step => step with { Id = name })));

    [Fact]
    public void a_step_belongs_to_a_stage_there_is() => Assert.Equal(["$.steps[1].stage"], Paths(With(1, step => step with { Stage = "nowhere" })));

    [Fact]
    public void a_step_has_exactly_one_trigger()
    {
        Assert.Equal(["$.steps[2].at"], Paths(With(2, step => step with { At = new() })));
        Assert.Equal(["$.steps[2].at"], Paths(With(2, step => step with { At = new() { DaysPastDue = 9, After = "remind", DelayDays = 1 } })));
        Assert.Equal(["$.steps[2].at.delayDays"], Paths(With(2, step => step with { At = new() { After = "remind" } })));
        Assert.Equal(["$.steps[2].at.after"], Paths(With(2, step => step with { At = new() { DelayDays = 1 } })));
        Assert.Equal(["$.steps[2].at.delayDays"], Paths(With(2, step => step with { At = new() { After = "remind", DelayDays = 0 } })));
    }

    [Fact]
    public void a_step_follows_a_step_there_is() =>
        Assert.Equal(["$.steps[2].at.after"], Paths(With(2, step => step with { At = new() { After = "nothing", DelayDays = 1 } })));

    [Fact]
    public void no_step_waits_for_itself()
    {
        Assert.Equal(["$.steps[2].at.after"], Paths(With(2, step => step with { At = new() { After = "call", DelayDays = 1 } })));
        var circle = Sound with
        {
            Steps =
            [
                Step("a", "early", new() { After = "b", DelayDays = 1 }, Notify("reminder")),
                Step("b", "early", new() { After = "a", DelayDays = 1 }, Notify("reminder")),
                Step("c", "early", new() { After = "a", DelayDays = 1 }, Notify("reminder")),
            ],
        };
        Assert.Equal(["$.steps[0].at.after", "$.steps[1].at.after"], Paths(circle));
    }

    [Fact]
    public void nothing_is_taken_on_the_due_date_or_before_a_loan_enters()
    {
        Assert.Contains("$.steps[1].at.daysPastDue", Paths(With(1, step => step with { At = new() { DaysPastDue = 0 } })));
        Assert.Equal(["$.steps[1].at.daysPastDue"], Paths(Sound with { Entry = new() { MinDaysPastDue = 5 } }));
    }

    [Fact]
    public void a_step_does_exactly_one_thing()
    {
        Assert.Equal(["$.steps[2].do"], Paths(With(2, step => step with { Do = new() })));
        Assert.Equal(["$.steps[2].do"], Paths(With(2, step => step with { Do = Notify("reminder") with { Task = new() { Kind = "call" } } })));
    }

    [Fact] // S2
    public void before_the_due_date_is_care_and_nothing_else()
    {
        Assert.Contains("$.steps[0].stage", Paths(With(0, step => step with { Stage = "early" })));
        Assert.Equal(["$.steps[0].do.notify.template"], Paths(With(0, step => step with { Do = Notify("reminder") })));
        Assert.Equal(["$.steps[0].do.task.kind"], Paths(With(0, step => step with { Do = new() { Task = new() { Kind = "call" } } })));
        Assert.Equal(["$.steps[0].do.approval"], Paths(With(0, step => step with { Do = new() { Approval = new() { Subject = ApprovalSubject.Legal } } })));
    }

    [Fact] // S2
    public void care_ends_before_the_due_date()
    {
        Assert.Equal(["$.steps[0].at"], Paths(With(0, step => step with { Repeat = new(3, 1) }))); // -3 + 3 = 0
        Assert.Empty(Paths(With(0, step => step with { Repeat = new(2, 1) })));
        Assert.Contains("$.steps[0].at", Paths(With(0, step => step with { At = new() { DaysPastDue = 2 } })));
    }

    [Fact]
    public void after_the_due_date_is_no_longer_care() => Assert.Equal(["$.steps[1].do.notify.template"], Paths(With(1, step => step with { Do = Notify("care-hello") })));

    [Fact]
    public void a_ladder_sends_no_confirmations() => Assert.Equal(["$.steps[1].do.notify.template"], Paths(With(1, step => step with { Do = Notify("goodbye") })));

    [Fact]
    public void a_template_must_exist_in_the_policys_language()
    {
        Assert.Equal(["$.steps[1].do.notify.template"], Paths(With(1, step => step with { Do = Notify("nothing") })));
        Assert.Equal(["$.steps[0].do.notify.template", "$.steps[1].do.notify.template"], Paths(Sound with { Language = "fr-FR" }));
    }

    [Theory]
    [InlineData(Channel.Phone)]
    [InlineData(Channel.Visit)]
    public void calls_and_visits_are_tasks_not_messages(Channel channel) =>
        Assert.Equal(["$.steps[1].do.notify.channels[0]"], Paths(With(1, step => step with { Do = Notify("reminder", channel) })));

    [Fact]
    public void channels_are_some_and_different()
    {
        Assert.Equal(["$.steps[1].do.notify.channels"], Paths(With(1, step => step with { Do = new() { Notify = new() { Channels = [], Template = "reminder" } } })));
        Assert.Equal(["$.steps[1].do.notify.channels"], Paths(With(1, step => step with { Do = Notify("reminder", Channel.Sms, Channel.Sms) })));
    }

    [Fact] // 12 CFR 1006.18(e)
    public void a_us_collector_says_so_and_a_creditor_never_does()
    {
        var collector = Sound with { Jurisdictions = ["US-MA"], CreditorRole = CreditorRole.Collector };

        Assert.Equal(["$.steps[1].do.notify.template"], Paths(collector));
        Assert.Empty(Paths(collector with { Steps = With(1, step => step with { Do = Notify("collector-reminder") }).Steps }));
        Assert.Equal(["$.steps[1].do.notify.template"], Paths(With(1, step => step with { Do = Notify("collector-reminder") })));
    }

    [Fact]
    public void a_case_moves_forward_through_the_stages()
    {
        var back = Sound with { Steps = [.. Sound.Steps, Step("again", "early", new() { DaysPastDue = 121 }, Notify("reminder"))] };
        var behind = Sound with { Steps = [.. Sound.Steps, Step("again", "early", new() { After = "write-off", DelayDays = 1 }, Notify("reminder"))] };

        Assert.Equal(["$.steps[4].stage"], Paths(back));
        Assert.Equal(["$.steps[4].stage"], Paths(behind));
        Assert.Equal(["$.stages[1]"], Paths(Sound with { Stages = [new("early", "t"), new("care", "t", Care: true), new("late", "t")] }).Take(1));
    }

    [Fact]
    public void conditions_have_sane_ranges()
    {
        Assert.Equal(["$.steps[1].when.maxOverdue"], Paths(When(new() { MinOverdue = 10, MaxOverdue = 9 })));
        Assert.Equal(["$.steps[1].when.maxTries"], Paths(When(new() { MinTries = 2, MaxTries = 1 })));
        Assert.Equal(["$.steps[1].when.minOverdue"], Paths(When(new() { MinOverdue = -1 })));
        Assert.Equal(["$.steps[1].when.minTries"], Paths(When(new() { MinTries = -1 })));
        Assert.Equal(["$.steps[1].when.risk"], Paths(When(new() { Risk = [] })));
        Assert.Equal(["$.steps[1].when.risk"], Paths(When(new() { Risk = [Core.Risk.RiskBand.Low, Core.Risk.RiskBand.Low] })));
        Assert.Equal(["$.steps[1].when.minDaysPastDue"], Paths(When(new() { MinDaysPastDue = 2 }))); // The step falls due at 1.
        Assert.Equal(["$.steps[1].when.maxDaysPastDue"], Paths(When(new() { MaxDaysPastDue = 0 })));
        Assert.Empty(Paths(When(new() { MinDaysPastDue = 1, MaxDaysPastDue = 1, MinOverdue = 5, MaxOverdue = 5 })));
    }

    [Fact]
    public void repeats_tasks_and_teams_are_checked()
    {
        Assert.Equal(["$.steps[1].repeat.everyDays", "$.steps[1].repeat.times"], Paths(With(1, step => step with { Repeat = new(0, 0) })));
        Assert.Equal(
            ["$.steps[2].do.task.kind", "$.steps[2].do.task.team", "$.steps[2].do.task.dueWithinDays"],
            Paths(With(2, step => step with { Do = new() { Task = new() { Kind = "Call!", Team = " ", DueWithinDays = 0 } } })));
    }

    [Fact]
    public void days_stay_inside_the_calendar()
    {
        Assert.Contains("$.steps[3].at.daysPastDue", Paths(With(3, step => step with { At = new() { DaysPastDue = int.MaxValue } })));
        Assert.Contains("$.steps[0].at.daysPastDue", Paths(With(0, step => step with { At = new() { DaysPastDue = int.MinValue } })));
        Assert.Contains("$.steps[2].at.delayDays", Paths(With(2, step => step with { At = new() { After = "remind", DelayDays = int.MaxValue } })));
        Assert.Equal(["$.reviewEveryDays"], Paths(Sound with { ReviewEveryDays = int.MaxValue }));
    }

    [Fact]
    public void extreme_numbers_do_not_overflow() =>
        Assert.NotEmpty(PolicyValidation.Check(With(0, step => step with { Repeat = new(int.MaxValue, int.MaxValue) }), Templates));

    private static Policy When(StepCondition when) => With(1, step => step with { When = when });

    private static string[] Paths(Policy policy) => [.. PolicyValidation.Check(policy, Templates).Select(error => error.Path)];
}

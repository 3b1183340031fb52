using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using static CollectionsFlows.Core.Policies.PolicyValidation;

namespace CollectionsFlows.Core.Policies;

/// <summary>The steps of a ladder: when, under which conditions, what.</summary>
internal static class StepValidation
{
    internal static IEnumerable<PolicyError> Check(Policy policy, TemplateCatalogue templates) =>
    [
        .. Unless(policy.Steps.Count > 0, "$.steps", "there are no steps", "at least one"),
        .. Unique(policy.Steps, step => step.Id, index => $"$.steps[{index}].id", "step"),
        .. policy.Steps.SelectMany((step, index) => Step(policy, step, $"$.steps[{index}]", templates)),
    ];

    private static IEnumerable<PolicyError> Step(Policy policy, LadderStep step, string path, TemplateCatalogue templates)
    {
        var stage = policy.Stages.FirstOrDefault(candidate => candidate.Name == step.Stage);
        var day = NominalDay(policy, step);
        return
        [
            .. Unless(IsKebabCase(step.Id), $"{path}.id", $"'{step.Id}' is no name", KebabCase),
            .. stage is null
                ? [new PolicyError($"{path}.stage", $"there is no stage '{step.Stage}'", $"one of {string.Join(", ", policy.Stages.Select(known => known.Name))}") { Presupposes = "$.stages[*].name" }]
                : Array.Empty<PolicyError>(),
            .. Trigger(policy, step, $"{path}.at"),
            .. stage is null || day is null ? [] : Side(step, stage, day.Value, path),
            .. Condition(step.When, $"{path}.when"),
            .. day is null ? [] : Reachable(step, day.Value, $"{path}.when"),
            .. Repeat(step.Repeat, $"{path}.repeat"),
            .. Action(policy, step.Do, stage?.Care ?? day < 0, $"{path}.do", templates),
        ];
    }

    /// <summary>The day a step falls due when every step before it was taken at once; null when it cannot be told.</summary>
    private static int? NominalDay(Policy policy, LadderStep step)
    {
        var delay = 0;
        for (var guard = 0; guard <= policy.Steps.Count; guard++)
        {
            if (step.At.DaysPastDue is { } day) return day + delay;
            delay += step.At.DelayDays ?? 0;
            var followed = step.At.After;
            if (policy.Steps.FirstOrDefault(candidate => candidate.Id == followed) is not { } next) return null;
            step = next;
        }

        return null;
    }

    private static IEnumerable<PolicyError> Trigger(Policy policy, LadderStep step, string path)
    {
        var at = step.At;
        const string forms = "either daysPastDue, or after with delayDays";
        if (at.DaysPastDue is not null == (at.After is not null || at.DelayDays is not null))
            return [new PolicyError(path, at.DaysPastDue is null ? "no trigger" : "two triggers", forms)];
        if (at.DaysPastDue is { } day)
        {
            return
            [
                .. RuleValidation.Within(day, -366, 3650, $"{path}.daysPastDue"),
                .. Unless(day != 0, $"{path}.daysPastDue", "nothing is overdue on the due date", "less than 0 (care) or 1 or more"),
                .. day >= 1 && day < policy.Entry.MinDaysPastDue
                    ? [new PolicyError($"{path}.daysPastDue", $"{day} is before a loan enters collection", $"{policy.Entry.MinDaysPastDue} or more") { Presupposes = "$.entry" }]
                    : Array.Empty<PolicyError>(),
            ];
        }

        return
        [
            .. Unless(at.DelayDays is not null, $"{path}.delayDays", "the delay is missing", forms),
            .. at.DelayDays is { } delay ? RuleValidation.Within(delay, 1, 3650, $"{path}.delayDays") : [],
            .. After(policy, step, $"{path}.after"),
        ];
    }

    private static PolicyError[] After(Policy policy, LadderStep step, string path)
    {
        if (step.At.After is not { } after) return [new PolicyError(path, "the step it follows is missing", "the id of a step")];
        if (policy.Steps.All(candidate => candidate.Id != after))
            return [new PolicyError(path, $"there is no step '{after}'", "the id of a step") { Presupposes = "$.steps[*].id" }];
        var seen = new HashSet<string>(StringComparer.Ordinal) { step.Id };
        for (var next = after; next is not null; next = policy.Steps.FirstOrDefault(candidate => candidate.Id == next)?.At.After)
        {
            if (next == step.Id) return [new PolicyError(path, $"step '{step.Id}' waits for itself", "steps that begin at a number of days past due") { Presupposes = "$.steps[*].at" }];
            if (!seen.Add(next)) return []; // A circle further on, which is reported at its own steps.
        }

        return [];
    }

    /// <summary>Before the due date is care and nothing else, after it is no longer care (S2).</summary>
    private static IEnumerable<PolicyError> Side(LadderStep step, Stage stage, int day, string path)
    {
        var lastDay = day + ((long)(step.Repeat?.EveryDays ?? 0) * (step.Repeat?.Times ?? 0));
        if (stage.Care && lastDay >= 0)
            yield return new PolicyError($"{path}.at", $"care stage '{stage.Name}' would act {lastDay} days past due", "less than 0, repeats included") { Presupposes = "$.stages" };
        if (!stage.Care && day < 0)
            yield return new PolicyError($"{path}.stage", $"stage '{stage.Name}' collects, and the step is {-day} days before the due date", "a stage with care: true") { Presupposes = "$.stages" };
    }

    private static IEnumerable<PolicyError> Condition(StepCondition when, string path) =>
    [
        .. Range(when.MinDaysPastDue, when.MaxDaysPastDue, path, "DaysPastDue"),
        .. Range(when.MinOverdue, when.MaxOverdue, path, "Overdue"),
        .. Range(when.MinTries, when.MaxTries, path, "Tries"),
        .. Least(when.MinOverdue, $"{path}.minOverdue"),
        .. Least(when.MaxOverdue, $"{path}.maxOverdue"),
        .. Least(when.MinTries, $"{path}.minTries"),
        .. Least(when.MaxTries, $"{path}.maxTries"),
        .. Unless(when.Risk is null or { Count: > 0 }, $"{path}.risk", "no band would ever match", "at least one of low, medium, high"),
        .. Unless(when.Risk is null || when.Risk.Distinct().Count() == when.Risk.Count, $"{path}.risk", "a band occurs twice", "each only once"),
    ];

    private static IEnumerable<PolicyError> Least(decimal? value, string path) => value is { } present ? RuleValidation.AtLeast(present, 0, path) : [];

    private static IEnumerable<PolicyError> Range(decimal? least, decimal? most, string path, string name) =>
        Unless(!(least > most), $"{path}.max{name}", $"{most} is less than min{name}, {least}", $"{least} or more");

    /// <summary>A condition on days past due must be able to hold when the step falls due.</summary>
    private static IEnumerable<PolicyError> Reachable(LadderStep step, int day, string path)
    {
        if (step.When.MaxDaysPastDue < day)
            yield return new PolicyError($"{path}.maxDaysPastDue", $"the step falls due at {day} days past due at the earliest and would never be taken", $"{day} or more") { Presupposes = "$.steps[*].at" };
        var repeats = (long)(step.Repeat?.EveryDays ?? 0) * (step.Repeat?.Times ?? 0);
        if (step.At.DaysPastDue is not null && step.When.MinDaysPastDue > day + repeats)
            yield return new PolicyError($"{path}.minDaysPastDue", $"the step falls due at {day + repeats} days past due at the latest and would never be taken", $"{day + repeats} or less");
    }

    private static IEnumerable<PolicyError> Repeat(StepRepeat? repeat, string path) => repeat is null
        ? []
        : [.. Unless(repeat.EveryDays is >= 1 and <= 366, $"{path}.everyDays", $"{repeat.EveryDays} is no interval", "1 to 366"), .. Unless(repeat.Times is >= 1 and <= 100, $"{path}.times", $"{repeat.Times} is no number of repeats", "1 to 100")];

    private static IEnumerable<PolicyError> Action(Policy policy, StepAction action, bool care, string path, TemplateCatalogue templates)
    {
        var actions = (action.Notify is null ? 0 : 1) + (action.Task is null ? 0 : 1) + (action.Approval is null ? 0 : 1);
        return
        [
            .. Unless(actions == 1, path, actions == 0 ? "the step does nothing" : $"the step does {actions} things", "exactly one of notify, task, approval"),
            .. action.Notify is { } notify ? Notify(policy, notify, care, $"{path}.notify", templates) : [],
            .. action.Task is { } task ? Task(task, care, $"{path}.task") : [],
            .. action.Approval is { } approval ? Approval(approval, care, $"{path}.approval") : [],
        ];
    }

    private static IEnumerable<PolicyError> Notify(Policy policy, NotifyAction notify, bool care, string path, TemplateCatalogue templates) =>
    [
        .. Unless(notify.Channels.Count > 0, $"{path}.channels", "there are no channels", "at least one of sms, email, letter"),
        .. Unless(notify.Channels.Distinct().Count() == notify.Channels.Count, $"{path}.channels", "a channel occurs twice", "each only once"),
        .. notify.Channels.SelectMany((channel, index) => Unless(
            channel is Channel.Sms or Channel.Email or Channel.Letter, $"{path}.channels[{index}]", $"no message goes by {channel.ToString().ToLowerInvariant()}", "sms, email or letter; calls and visits are tasks")),
        .. RuleValidation.Template(policy, notify.Template, $"{path}.template", templates, care),
    ];

    private static IEnumerable<PolicyError> Task(TaskAction task, bool care, string path) =>
    [
        .. Unless(IsKebabCase(task.Kind), $"{path}.kind", $"'{task.Kind}' is no name", KebabCase),
        .. Unless(!care || task.Kind.StartsWith("care-", StringComparison.Ordinal), $"{path}.kind", $"'{task.Kind}' is collection, before the due date", "a kind named care-… (S2)"),
        .. Unless(task.Team is null || !string.IsNullOrWhiteSpace(task.Team), $"{path}.team", "the team is empty", "a team, or none: the stage's"),
        .. RuleValidation.Within(task.DueWithinDays, 1, 366, $"{path}.dueWithinDays"),
    ];

    private static IEnumerable<PolicyError> Approval(ApprovalAction approval, bool care, string path) =>
    [
        .. Unless(!care, path, "nothing is approved before the due date", "a care message or task (S2)"),
        .. Unless(approval.Team is null || !string.IsNullOrWhiteSpace(approval.Team), $"{path}.team", "the team is empty", "a team, or none: the stage's"),
    ];
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Policies;

/// <summary>A small policy without errors, to be spoiled in one respect at a time.</summary>
internal static class Samples
{
    internal static readonly TemplateCatalogue Templates = TemplateCatalogue.Of(
    [
        Template("reminder", Purpose.Collect), Template("collector-reminder", Purpose.Collect), Template("care-hello", Purpose.Care), Template("goodbye", Purpose.Confirmation),
        Template("opt-out-confirmation", Purpose.Confirmation),
    ]).Catalogue!;

    internal static readonly Policy Sound = new()
    {
        Name = "sample",
        Version = 1,
        Title = "Sample",
        Language = "en-US",
        Stages = [new("care", "service", Care: true), new("early", "phone-team"), new("late", "field-team")],
        Steps =
        [
            Step("care", "care", new() { DaysPastDue = -3 }, Notify("care-hello")),
            Step("remind", "early", new() { DaysPastDue = 1 }, Notify("reminder")),
            Step("call", "early", new() { After = "remind", DelayDays = 5 }, new() { Task = new() { Kind = "call" } }),
            Step("write-off", "late", new() { DaysPastDue = 120 }, new() { Approval = new() { Subject = ApprovalSubject.WriteOff } }),
        ],
    };

    internal static LadderStep Step(string id, string stage, StepTrigger at, StepAction action) => new() { Id = id, Stage = stage, At = at, Do = action };

    internal static StepAction Notify(string template, params Channel[] channels) =>
        new() { Notify = new() { Channels = channels.Length == 0 ? [Channel.Sms] : channels, Template = template } };

    /// <summary>The sample with one step changed.</summary>
    internal static Policy With(int index, Func<LadderStep, LadderStep> change) =>
        Sound with { Steps = [.. Sound.Steps.Select((step, at) => at == index ? change(step) : step)] };

    private static MessageTemplate Template(string name, Purpose purpose)
    {
        var text = purpose switch
        {
            Purpose.Collect => "{{lenderName}} {{overdue}} {{paymentLink}} {{servicePhone}} {{optOut}}",
            _ => "{{lenderName}} {{servicePhone}} {{optOut}}",
        };
        return new() { Name = name, Language = "en-US", Purpose = purpose, Wordings = [$"1 {text}", $"2 {text}", $"3 {text}"] };
    }
}

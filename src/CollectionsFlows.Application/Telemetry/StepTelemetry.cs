using System.Diagnostics;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Telemetry;

/// <summary>What is told of a case's steps.</summary>
internal static class StepTelemetry
{
    public const string Activity = "case.step";
    public const string OutcomeTag = "collections.step.outcome";

    /// <summary>Whether anybody wants to know how long steps take.</summary>
    public static bool IsObserved => EngineTelemetry.StepDuration.Enabled || EngineTelemetry.HasListeners;

    /// <summary>What of a committed step is measured: its inbox items' lag, how late it woke, and the contacts it put on record (once each, as facts are).</summary>
    /// <param name="record">The case as it was loaded.</param>
    /// <param name="facts">What it committed.</param>
    /// <param name="now">The step's time.</param>
    public static void Committed(CaseRecord record, IReadOnlyList<RecordedFact> facts, DateTimeOffset now)
    {
        if (EngineTelemetry.InboxLag.Enabled)
        {
            foreach (var item in record.Inbox)
            {
                EngineTelemetry.InboxLag.Record(Seconds(now - item.ReceivedAt), new KeyValuePair<string, object?>("collections.event.type", EventNames.Of(item.Input.Event)));
            }
        }

        // A case that asked to go on at once (its commands wait) did not sleep.
        if (record.NextWake is { } wake && wake <= now && wake > record.State?.UpdatedAt && EngineTelemetry.WakeLateness.Enabled)
        {
            EngineTelemetry.WakeLateness.Record(Seconds(now - wake));
        }

        if (EngineTelemetry.Contacts.Enabled)
        {
            foreach (var fact in facts)
            {
                if (fact.Fact is CaseFact.ContactAttempted { Attempt: var attempt })
                {
                    EngineTelemetry.Contacts.Add(
                        1, new("collections.contact.verdict", Word(attempt.Result)), new("collections.contact.rule", attempt.Rule ?? "none"));
                }
            }
        }
    }

    /// <summary>Closes the account of a step that came to its end.</summary>
    public static void Ended(Activity? activity, AdvancedCase? advanced, TimeSpan took)
    {
        var outcome = advanced switch { null => "unknown-loan", { NewFacts.Count: 0 } => "quiet", _ => "advanced" };
        activity?.SetTag(OutcomeTag, outcome).SetTag("collections.step.facts", advanced?.NewFacts.Count ?? 0);
        EngineTelemetry.StepDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, outcome));
    }

    /// <summary>For an exception filter: closes the account of a step that ended in an error, and catches nothing.</summary>
    public static bool Failed(Activity? activity, Exception problem, TimeSpan took)
    {
        EngineTelemetry.StepDuration.Record(took.TotalSeconds, new(OutcomeTag, "failed"), new(EngineTelemetry.ErrorType, problem.GetType().Name));
        return EngineTelemetry.Failed(activity, problem);
    }

    /// <summary>The contract's word for what became of a contact.</summary>
    public static string Word(ContactResult result) => result switch
    {
        ContactResult.Sent => "sent",
        ContactResult.Deferred => "deferred",
        ContactResult.Forbidden => "forbidden",
        ContactResult.Failed => "failed",
        _ => "unknown",
    };

    /// <summary>Clocks of different machines may disagree; nothing takes less than no time.</summary>
    private static double Seconds(TimeSpan span) => Math.Max(0, span.TotalSeconds);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CollectionsFlows.Application.Telemetry;

/// <summary>
/// The engine's one source of activities and one meter. Nobody has to listen; a host that exports names <see cref="Name"/> to OpenTelemetry.
/// Tags of metrics are few words known beforehand (rule ids, kinds, outcomes), never ids of loans. Activities may name the loan. Neither ever
/// carries a name, an address, a text or the message of an exception, which may quote one (S25).
/// </summary>
public static class EngineTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "CollectionsFlows";

    internal const string ErrorType = "error.type";
    private const string LoanId = "collections.loan.id";

    // A step is milliseconds, an inbox lag is seconds when all is well, and both are hours when it is not.
    private static readonly InstrumentAdvice<double> Steps = new() { HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [.1, .5, 1, 5, 15, 60, 300, 900, 3600, 14400, 86400] };

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds a step took, by outcome.</summary>
    internal static Histogram<double> StepDuration { get; } =
        Meter.CreateHistogram("collections.case.step.duration", "s", "Time one step of a case took.", tags: null, Steps);

    /// <summary>Seconds from an outside event's receipt to the step that drained it, by event type.</summary>
    internal static Histogram<double> InboxLag { get; } =
        Meter.CreateHistogram("collections.inbox.lag", "s", "Time from the receipt of an inbox item to the step that drained it.", tags: null, Waits);

    /// <summary>Seconds a case woke later than it wanted to.</summary>
    internal static Histogram<double> WakeLateness { get; } =
        Meter.CreateHistogram("collections.case.wake.lateness", "s", "Time from the instant a case wanted to wake at to the step that woke it.", tags: null, Waits);

    /// <summary>Contacts as journalled, by verdict and rule.</summary>
    internal static Counter<long> Contacts { get; } =
        Meter.CreateCounter<long>("collections.contacts", "{contact}", "Contacts that were tried, by what became of them and the rule that decided.");

    /// <summary>Runs of commands, by kind and outcome.</summary>
    internal static Counter<long> Commands { get; } =
        Meter.CreateCounter<long>("collections.commands", "{command}", "Commands that were run, by kind and outcome.");

    /// <summary>Runs of cases that ended in an error, by its type and whether the case is suspended by it.</summary>
    internal static Counter<long> Failures { get; } =
        Meter.CreateCounter<long>("collections.case.failures", "{failure}", "Runs of cases that ended in an error.");

    /// <summary>Cases that do not go on until a person has looked.</summary>
    internal static UpDownCounter<long> Suspended { get; } =
        Meter.CreateUpDownCounter<long>("collections.case.suspended", "{case}", "Cases that do not go on until a person has looked.");

    /// <summary>Whether anybody listens to activities.</summary>
    internal static bool HasListeners => Activities.HasListeners();

    /// <summary>Tells that a case did not go on. Hosts that run cases without <see cref="Cases.CasePump"/> call it themselves.</summary>
    /// <param name="problem">Only its type is told.</param>
    /// <param name="suspended">Whether the case stays as it is until a person has looked; false: it is tried again.</param>
    public static void CaseFailed(Exception problem, bool suspended)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (Failures.Enabled)
        {
            Failures.Add(1, new(ErrorType, problem.GetType().Name), new("collections.case.effect", suspended ? "suspended" : "retried"));
        }
    }

    /// <summary>Tells that so many cases more (or fewer, when negative) are suspended.</summary>
    public static void CasesSuspended(int change)
    {
        if (change != 0)
        {
            Suspended.Add(change);
        }
    }

    /// <summary>Begins an activity about a loan; null when nobody listens.</summary>
    internal static Activity? Start(string name, string loanId, ActivityKind kind = ActivityKind.Internal)
    {
        var activity = Activities.StartActivity(name, kind);
        activity?.SetTag(LoanId, loanId);
        return activity;
    }

    /// <summary>For exception filters: notes the error's type, never its words, and catches nothing.</summary>
    internal static bool Failed(Activity? activity, Exception problem)
    {
        activity?.SetTag(ErrorType, problem.GetType().Name).SetStatus(ActivityStatusCode.Error);
        return false;
    }
}

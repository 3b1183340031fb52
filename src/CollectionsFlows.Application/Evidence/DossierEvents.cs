using System.Text.Json.Serialization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Who made a contact.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DossierContactKind>))]
public enum DossierContactKind
{
    /// <summary>A try of the system to send a message.</summary>
    Message,

    /// <summary>A person's call, visit or letter, or the borrower's call.</summary>
    Reported,

    /// <summary>The borrower wrote.</summary>
    Reply,
}

/// <summary>A contact, or a try of one (S15). Fields that do not apply are left out.</summary>
public sealed record DossierContact
{
    /// <summary>The number of its fact in the journal.</summary>
    public required int Seq { get; init; }

    public required DossierContactKind Kind { get; init; }

    /// <summary>When it was made, judged or, where the maker did not say, recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same on the clock of each zone the borrower may be in.</summary>
    public required IReadOnlyList<LocalInstant> Local { get; init; }

    public Channel? Channel { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>What came of it: the result of a message, the outcome of a reported contact, <c>received</c> of a reply.</summary>
    public required string Result { get; init; }

    public Purpose? Purpose { get; init; }

    /// <summary>The step of the policy that asked for it.</summary>
    public string? Step { get; init; }

    public string? CommandId { get; init; }

    public int? Attempt { get; init; }

    public string? Template { get; init; }

    public string? Language { get; init; }

    /// <summary>The rule that deferred or forbade it.</summary>
    public string? Rule { get; init; }

    /// <summary>The first instant at which every rule allows it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Every rule that blocked at that instant.</summary>
    public IReadOnlyList<string> Citations { get; init; } = [];

    /// <summary>The rule packs and versions that were asked.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];

    /// <summary>Rules the lender had loosened that took part; null when there were none.</summary>
    public IReadOnlyList<string>? Overrides { get; init; }

    public string? Address { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    /// <summary>As the journal has it.</summary>
    public string? TextSha256 { get; init; }

    /// <summary>Whether the text above is, to the byte, the one the journal vouches for; null: the text is gone or was never kept.</summary>
    public bool? TextMatches { get; init; }

    /// <summary>The carrier's code when it failed.</summary>
    public string? Code { get; init; }

    /// <summary>The carrier's reports, in order.</summary>
    public IReadOnlyList<DossierDelivery> Deliveries { get; init; } = [];

    /// <summary>How many people came.</summary>
    public int? Persons { get; init; }
}

/// <summary>A carrier's report on a message.</summary>
public sealed record DossierDelivery(int Seq, DateTimeOffset At, bool Delivered, string? Code);

/// <summary>Words that came with an event; null where they were erased.</summary>
public sealed record DossierText(DateTimeOffset At, string EventId, string Kind, string? Text);

/// <summary>A promise and what arrived for it; null where nobody counts any more.</summary>
public sealed record DossierPromise(
    string PromiseId, decimal Amount, DateOnly DueOn, DateTimeOffset MadeAt, PromiseStatus Status, DateOnly? EndedOn, decimal? Received);

/// <summary>A plan and how it went.</summary>
/// <param name="Outcome"><c>running</c>, <c>completed</c>, <c>broken</c> or <c>cancelled</c>.</param>
public sealed record DossierPlan(
    string PlanId, DateOnly AcceptedOn, string Confirmation, IReadOnlyList<DossierPlanInstalment> Instalments, string Outcome, DateOnly? EndedOn, string? Reason);

/// <summary>An instalment of a plan.</summary>
/// <param name="Outcome"><c>met</c>, <c>missed</c>, <c>missed, met later</c> or <c>open</c>.</param>
public sealed record DossierPlanInstalment(int Number, DateOnly DueOn, decimal Amount, string Outcome);

/// <summary>A time outside the ladder: a dispute, a complaint, a hardship …</summary>
public sealed record DossierTrack(
    ExceptionTrack Track, string? Reference, DateOnly From, DateOnly? Until, string? Detail, bool PausesDaysPastDue,
    IReadOnlyList<DossierTrackStep> Steps, DateOnly? EndedOn, string? Outcome);

/// <summary>A step of a complaint (S21).</summary>
public sealed record DossierTrackStep(DateTimeOffset At, string Step);

/// <summary>Who was asked what on which figures, and what they said (S19, S20).</summary>
/// <param name="Decision"><c>open</c>, <c>approved</c>, <c>refused</c> or <c>withdrawn</c>.</param>
public sealed record DossierApproval(
    string ApprovalId, ApprovalSubject Subject, string Team, DateTimeOffset RequestedAt, int DaysPastDue, decimal Balance, decimal CostOfSuit,
    decimal ExpectedRecovery, string Decision, DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason);

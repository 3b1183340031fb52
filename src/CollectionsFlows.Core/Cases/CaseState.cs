using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Cases;

/// <summary>Where one case stands: folded from its facts, and a cache of nothing else. Dates are the borrower's, amounts in the loan's currency.</summary>
public sealed record CaseState
{
    private readonly AccountMemo accounts = new();

    /// <summary>Grows when a field is added; never shrinks.</summary>
    public int SchemaVersion { get; init; } = 1;

    public required LoanTerms Terms { get; init; }

    /// <summary>The policy and version the case entered with.</summary>
    public required PolicyReference Policy { get; init; }

    /// <summary>The channels the borrower has an address for, as enrolled.</summary>
    public IReadOnlyList<Channel> Channels { get; init => field = value ?? []; } = [];

    /// <summary>The number of the last fact.</summary>
    public required int Sequence { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the last fact was recorded.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public ClosedReason? ClosedReason { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Every payment ever posted; a reversed one stays, marked.</summary>
    public IReadOnlyList<PostedPayment> Payments { get; init => field = value ?? []; } = [];

    /// <summary>Reversals that arrived before their payment.</summary>
    public IReadOnlyList<string> EarlyReversals { get; init => field = value ?? []; } = [];

    /// <summary>Credit that people have dealt with: it is not to be refunded again.</summary>
    public decimal CreditRefunded { get; init; }

    public IReadOnlyList<Pause> Pauses { get; init => field = value ?? []; } = [];

    /// <summary>How often the loan fell behind.</summary>
    public int Delinquencies { get; init; }

    /// <summary>The running delinquency; null when the loan is not collected.</summary>
    public Delinquency? Delinquency { get; init; }

    /// <summary>The most days past due any fact has shown.</summary>
    public int MaxDaysPastDue { get; init; }

    public string? Stage { get; init; }

    /// <summary>For each care step, the last instalment it was taken or skipped for.</summary>
    public IReadOnlyDictionary<string, int> CareThrough { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();

    /// <summary>The ladder stands still before this day (the day after a promise, plan or hold ended).</summary>
    public DateOnly? LadderResumesOn { get; init; }

    public IReadOnlyList<PromiseToPay> Promises { get; init => field = value ?? []; } = [];

    /// <summary>The running plan.</summary>
    public PaymentPlan? Plan { get; init; }

    /// <summary>Exception tracks that have begun and not ended.</summary>
    public IReadOnlyList<ActiveTrack> Tracks { get; init => field = value ?? []; } = [];

    /// <summary>Ends that arrived before their beginnings; null: none.</summary>
    public IReadOnlyList<EarlyEnd>? EarlyEnds { get; init; }

    public IReadOnlyList<PendingCommand> Commands { get; init => field = value ?? []; } = [];

    /// <summary>Messages that were dropped; one that was on its way just then may still report that it went out, once.</summary>
    public IReadOnlyList<string> WithdrawnCommands { get; init => field = value ?? []; } = [];

    /// <summary>Texts handed over of which the carrier may still say that they failed, as far as they would be asked for again then; null: none.</summary>
    public IReadOnlyList<SentText>? Texts { get; init; }

    public IReadOnlyList<OpenTask> Tasks { get; init => field = value ?? []; } = [];

    public IReadOnlyList<OpenApproval> Approvals { get; init => field = value ?? []; } = [];

    /// <summary>Notices the law wants, asked for or gone out; null: none yet.</summary>
    public IReadOnlyList<NoticeRecord>? Notices { get; init; }

    public DateTimeOffset? ReferredToLegalAt { get; init; }

    public DateOnly? WrittenOffOn { get; init; }

    public RiskAssessment? Risk { get; init; }

    public DateOnly? ReviewedOn { get; init; }

    public int ContactsSent { get; init; }

    public DateTimeOffset? FirstContactAt { get; init; }

    public DateTimeOffset? LastContactAt { get; init; }

    /// <summary>The borrower's last sign of life: reply, conversation, promise, payment.</summary>
    public DateTimeOffset? LastAnswerAt { get; init; }

    /// <summary>Contacts made since that sign.</summary>
    public int TriesWithoutAnswer { get; init; }

    public int BrokenPromises { get; init; }

    /// <summary>The status the journal last announced.</summary>
    public CaseStatus AnnouncedStatus { get; init; }

    /// <summary>The account at the end of a local day; kept for the next who asks.</summary>
    internal AccountPosition AccountOn(DateOnly day, Policy policy) => accounts.Of(this, policy, day);

    /// <summary>Where it stands, read off everything else: of several that hold, the one that says most about what may happen next.</summary>
    /// <remarks>
    /// Closed is closed whatever else is true. A hold comes before court, plan and promise, for it stops them all; court before a plan or
    /// promise, which only suspend its next step.
    /// </remarks>
    [System.Text.Json.Serialization.JsonIgnore]
    public CaseStatus Status => this switch
    {
        { ClosedReason: not null } => CaseStatus.Closed,
        { WrittenOffOn: not null } => CaseStatus.WrittenOff,
        { IsHeld: true } => CaseStatus.Held,
        { ReferredToLegalAt: not null } => CaseStatus.Legal,
        { Plan: not null } => CaseStatus.OnPlan,
        { HasLivePromise: true } => CaseStatus.Promised,
        { Delinquency: not null } => CaseStatus.Collecting,
        _ => CaseStatus.Watching,
    };

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsHeld
    {
        get
        {
            foreach (var track in Tracks)
            {
                if (ExceptionTracks.StopsLadder(track.Track))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a legal hold is in force: nothing of the borrower may be erased (regulation.md, "Records"). Nobody wakes a closed case when its hold runs out, so the day is asked for.</summary>
    /// <param name="today">The borrower's local date.</param>
    public bool KeepsRecordsOn(DateOnly today)
    {
        foreach (var track in Tracks)
        {
            if (ExceptionTracks.KeepsRecords(track.Track) && track.IsInForceOn(today))
            {
                return true;
            }
        }

        return false;
    }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasLivePromise
    {
        get
        {
            foreach (var promise in Promises)
            {
                if (promise.Status == PromiseStatus.Active)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>A payment and whether it still counts.</summary>
public sealed record PostedPayment(Payment Payment, bool Reversed);

/// <summary>A time of being behind, from the day the entry rules held until the cure.</summary>
/// <param name="Number">1 for the loan's first.</param>
/// <param name="DueOn">The due date of its oldest unpaid instalment.</param>
/// <param name="BeganAt">When it began.</param>
/// <param name="Steps">How far each step of the ladder has got.</param>
public sealed record Delinquency(int Number, DateOnly DueOn, DateTimeOffset BeganAt, IReadOnlyDictionary<string, StepProgress> Steps);

/// <summary>How often a step was taken or skipped, when it first fell due, and when it was last taken or gave way to one that goes further.</summary>
public sealed record StepProgress(int Occurrences, DateOnly FirstDueOn, DateTimeOffset? LastTakenAt);

/// <summary>A running exception track.</summary>
/// <param name="Track">Which.</param>
/// <param name="Reference">Its id, where it has one.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Day on which it ends by itself.</param>
/// <param name="Step">How far it went.</param>
/// <param name="Rule">The rule of law that stops collection meanwhile, besides the house's hold; null: none.</param>
public sealed record ActiveTrack(ExceptionTrack Track, string? Reference, DateOnly From, DateOnly? Until, string? Step, string? Rule = null)
{
    /// <summary>Whether it holds on a day: not on the one on which it ends by itself, nor later.</summary>
    public bool IsInForceOn(DateOnly day) => Until is not { } until || day < until;
}

/// <summary>The end of something that has not begun here yet: see <see cref="CaseFact.EndedBeforehand"/>.</summary>
public sealed record EarlyEnd(string What, string? Reference, DateTimeOffset EndedAt)
{
    public const string Promise = "promise";
    public const string Plan = "plan";

    /// <summary>What a track is called.</summary>
    public static string Of(ExceptionTrack track) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(track.ToString());

    /// <summary>Whether something that begins now is over already. What has an id of its own ends once; else the later word counts.</summary>
    public bool Covers(string what, string? reference, DateTimeOffset begunAt) =>
        What == what && Reference == reference && (Reference is not null || begunAt <= EndedAt);
}

/// <summary>Human work not done yet.</summary>
public sealed record OpenTask(string Id, string Kind, string Team, DateTimeOffset OpenedAt, DateTimeOffset DueAt, WorkOrigin Origin, string Why, decimal? Amount = null);

/// <summary>An approval nobody has decided yet.</summary>
public sealed record OpenApproval(string Id, ApprovalSubject Subject, string Team, DateTimeOffset RequestedAt);

using System.Text.Json.Serialization;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>
/// Why a borrower was contacted, or was not, or could be: <c>GET /api/cases/{loanId}/why</c>. Instants carry the offset of the borrower's first
/// zone. No personal data: addresses are keys and labels such as "mobile number 1".
/// </summary>
public sealed record WhyAnswer
{
    public required string LoanId { get; init; }

    /// <summary>When the question was answered.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The instant it is about; for a day its end when it is over, now when it is today, its beginning when it is to come.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The local day, where one was asked about.</summary>
    public required DateOnly? On { get; init; }

    /// <summary>Whether the rules were asked what they would say: then nothing was sent and nothing reserved.</summary>
    public required bool Hypothetical { get; init; }

    /// <summary>The answer in plain words.</summary>
    public string Answer => string.Join(" ", Lines);

    /// <summary>Its sentences, for those who show them apart.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The case at that instant, folded from the journal up to it; as of now for an instant to come; null before it was opened.</summary>
    public required CaseStanding? Standing { get; init; }

    /// <summary>What happened on that local day; null for one to come.</summary>
    public required ContactRecord? Record { get; init; }

    /// <summary>What the rules would say; null for an instant that is over: what was known then is on record only where a contact was tried.</summary>
    public required Hypothesis? Hypothesis { get; init; }
}

/// <summary>Where a case stood, and why it made no contact by itself then.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The status.</param>
/// <param name="ClosedReason">Why it was closed; null: open.</param>
/// <param name="Stage">The stage of the policy.</param>
/// <param name="DaysPastDue">On the borrower's day.</param>
/// <param name="Overdue">On that day, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Holds">Exception tracks that ran.</param>
/// <param name="Promise">The live promise due first.</param>
/// <param name="PlanId">The running plan.</param>
/// <param name="Waiting">Messages asked for and not sent yet.</param>
/// <param name="NextAction">What it would do next if nothing happened before.</param>
/// <param name="WhyNot">Why it made no contact, in sentences.</param>
public sealed record CaseStanding(
    DateTimeOffset At, CaseStatus Status, ClosedReason? ClosedReason, string? Stage, int DaysPastDue, decimal Overdue, string Currency,
    IReadOnlyList<ActiveTrack> Holds, PromiseToPay? Promise, string? PlanId, IReadOnlyList<WaitingMessage> Waiting, NextAction? NextAction, IReadOnlyList<string> WhyNot);

/// <summary>A message asked for and not sent yet.</summary>
/// <param name="CommandId">Its command.</param>
/// <param name="Step">The step that asked for it.</param>
/// <param name="Template">Its template.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Channels">The media it may take, in order.</param>
/// <param name="NotBefore">Until when it waits; null: it is about to be sent.</param>
/// <param name="Rule">The rule that deferred it; null: none did, it waits for the ladder, or to be tried again.</param>
/// <param name="Retry">1 for the first time a text is tried again that the carrier could not deliver; null: it is tried for the first time.</param>
public sealed record WaitingMessage(
    string CommandId, string Step, string Template, Purpose Purpose, IReadOnlyList<Channel> Channels, DateTimeOffset? NotBefore, RuleText? Rule, int? Retry = null);

/// <summary>What is on record of a local day.</summary>
/// <param name="From">Its first instant in all of the borrower's zones.</param>
/// <param name="To">The first instant after it, or now.</param>
/// <param name="Contacts">Contacts tried, made or received on it, those asked for.</param>
/// <param name="Facts">Everything else that became true on it, in words; the last hundred.</param>
/// <param name="Before">The last contact before it.</param>
/// <param name="After">The first contact after it.</param>
public sealed record ContactRecord(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<RecordedContact> Contacts, IReadOnlyList<FactInWords> Facts, RecordedContact? Before, RecordedContact? After);

/// <summary>A fact in plain words.</summary>
public sealed record FactInWords(int Seq, DateTimeOffset At, string Words);

/// <summary>A contact on record.</summary>
public sealed record RecordedContact
{
    /// <summary>The number of its fact in the journal.</summary>
    public required int Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>sent</c>, <c>deferred</c>, <c>forbidden</c>, <c>failed</c>, <c>unknown</c>, <c>withdrawn</c>; <c>reported</c> when people made it; <c>received</c> when the borrower did.</summary>
    public required string Result { get; init; }

    public required Channel? Channel { get; init; }

    public string? CommandId { get; init; }

    /// <summary>Which try of the command, 1 for the first.</summary>
    public int? Attempt { get; init; }

    public string? Step { get; init; }

    public string? Template { get; init; }

    public Purpose? Purpose { get; init; }

    /// <summary>The address's opaque key.</summary>
    public string? Address { get; init; }

    /// <summary>Which of the borrower's addresses it is; null where it is none of them any more.</summary>
    public string? AddressLabel { get; init; }

    /// <summary>The rule that decided; null when nothing stood in the way.</summary>
    public RuleText? Rule { get; init; }

    /// <summary>When it might be tried again.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Every rule that stood in the way.</summary>
    public IReadOnlyList<RuleText> Citations { get; init; } = [];

    /// <summary>What the gate was given; null where it was not asked.</summary>
    public VerdictInputs? Inputs { get; init; }

    /// <summary>The packs and versions that bound it.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];

    /// <summary>The carrier's word: <c>delivered</c> or <c>not-delivered</c>; null: none came.</summary>
    public string? Delivery { get; init; }

    /// <summary>What came of a contact made by people.</summary>
    public ContactOutcome? Outcome { get; init; }

    public required string Words { get; init; }
}

/// <summary>A rule as it is told to people.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it says; null where the packs at hand do not know it.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Status"><c>T</c>: the primary text was read; <c>S</c>: a secondary source.</param>
/// <param name="Pack">The pack at hand that has it, as <c>id@version</c>.</param>
/// <param name="Override">Who loosened it and why.</param>
public sealed record RuleText(
    string Id, string? Title, string? Source, [property: JsonConverter(typeof(JsonStringEnumConverter<RuleStatus>))] RuleStatus? Status, string? Pack, RuleOverride? Override = null);

/// <summary>What a verdict rests on, without the borrower's addresses and words.</summary>
/// <param name="At">The instant judged.</param>
/// <param name="LocalTimes">The wall clock in each zone the borrower may be in.</param>
/// <param name="Counts">How full the windows of the counting rules that bind are.</param>
/// <param name="Flags">Circumstances that held: <c>cease</c>, <c>attorney</c> …</param>
/// <param name="OptOuts">Media the borrower opted out of, in whole or in part.</param>
/// <param name="BlockedTimes">How many wishes about times and places are known.</param>
/// <param name="History">How many contacts of the ledger, over all loans, were looked at.</param>
public sealed record VerdictInputs(
    DateTimeOffset At, IReadOnlyList<ZoneTime> LocalTimes, IReadOnlyList<RuleCount> Counts, IReadOnlyList<string> Flags, IReadOnlyList<Channel> OptOuts, int BlockedTimes, int History);

/// <summary>A wall clock.</summary>
/// <param name="Zone">IANA id.</param>
/// <param name="Time">What it shows, without offset, e.g. <c>2026-03-02T07:59:00</c>.</param>
public sealed record ZoneTime(string Zone, string Time);

/// <summary>How full a rule's window is.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Counted">How many contacts count.</param>
/// <param name="Limit">How many may.</param>
/// <param name="Window">The window in words, e.g. <c>7 local days</c>.</param>
/// <param name="Since">Its first instant, to the second.</param>
public sealed record RuleCount(string Rule, int Counted, int Limit, string Window, DateTimeOffset Since);

/// <summary>What the rules would say.</summary>
/// <param name="Note">That it is only a question.</param>
/// <param name="Contacts">Each way to reach the borrower.</param>
/// <param name="Intention">What the case itself would do.</param>
public sealed record Hypothesis(string Note, IReadOnlyList<HypotheticalContact> Contacts, CaseIntention Intention);

/// <summary>One way to reach the borrower, judged.</summary>
public sealed record HypotheticalContact
{
    public required Channel Channel { get; init; }

    /// <summary>The address's opaque key; null where the medium needs none that is known here.</summary>
    public required string? Address { get; init; }

    public required string? AddressLabel { get; init; }

    /// <summary>The message it was judged with; null: none, the contact alone.</summary>
    public required string? Template { get; init; }

    public required Purpose Purpose { get; init; }

    public required VerdictKind Verdict { get; init; }

    /// <summary>The rule that decides; null when allowed.</summary>
    public required RuleText? Rule { get; init; }

    /// <summary>The first instant at which all rules allow; only when deferred.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Every rule in the way, and what it alone would say.</summary>
    public required IReadOnlyList<RuleBlock> Citations { get; init; }

    public required VerdictInputs? Inputs { get; init; }

    public required IReadOnlyList<string> Packs { get; init; }

    public required string Words { get; init; }
}

/// <summary>A rule in the way.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">What it alone says: defer or forbid; allow for one that only bites later.</param>
/// <param name="Until">From when on it alone allows; only when it defers.</param>
public sealed record RuleBlock(RuleText Rule, VerdictKind Verdict, DateTimeOffset? Until);

/// <summary>What the case itself would do.</summary>
/// <param name="Words">In a sentence or two.</param>
/// <param name="Message">The message it would send first; null: none waits.</param>
/// <param name="NextAction">What it does next if nothing happens before.</param>
public sealed record CaseIntention(string Words, IntendedMessage? Message, NextAction? NextAction);

/// <summary>A message the case would send, and what would become of it.</summary>
/// <param name="CommandId">Its command.</param>
/// <param name="Step">The step that asks for it.</param>
/// <param name="Template">Its template.</param>
/// <param name="Result">What the journal would say: <c>sent</c> when it may go out.</param>
/// <param name="Channel">The medium it would take; null when there is none.</param>
/// <param name="Rule">The rule that would decide.</param>
/// <param name="Until">When it would be tried again.</param>
/// <param name="NotBefore">Until when it waits whatever the rules say.</param>
public sealed record IntendedMessage(
    string CommandId, string Step, string Template, ContactResult Result, Channel? Channel, string? Rule, DateTimeOffset? Until, DateTimeOffset? NotBefore);

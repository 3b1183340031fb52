using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact.Notices;

/// <summary>What makes a notice fall due.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<NoticeTrigger>))]
public enum NoticeTrigger
{
    /// <summary>The first communication about the debt: the first step that collects, or a conversation before it.</summary>
    FirstCollection,

    /// <summary>So many contractual instalments are unpaid.</summary>
    InstalmentsUnpaid,

    /// <summary>A suit is about to be asked for.</summary>
    Enforcement,

    /// <summary>A payment plan was agreed.</summary>
    PlanAccepted,
}

/// <summary>What stands still while a notice is missing: its last day is over and it has not gone out.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<NoticeStop>))]
public enum NoticeStop
{
    /// <summary>Nothing that asks for money goes out.</summary>
    Collection,

    /// <summary>Nobody is referred to court.</summary>
    Enforcement,

    /// <summary>The days bear no penalty interest.</summary>
    Interest,
}

/// <summary>
/// A notice that the law wants to go out, as data: who owes it, when it falls due, how it goes out, what waits for it. The case schedules
/// it by itself, whatever its policy says. A law binds at once: a case follows the duties of today, not those of the day it began.
/// </summary>
public sealed record NoticeDuty
{
    /// <summary>The rule's id, e.g. <c>US-VALIDATION</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Where the duty is written.</summary>
    public required string Source { get; init; }

    public RuleStatus Status { get; init; }

    /// <summary>Where it binds, parts included: <c>US</c> covers <c>US-MA</c>, <c>EU</c> covers <c>EU-DE</c>.</summary>
    public required string Jurisdiction { get; init; }

    public BoundRole Binds { get; init; }

    public required NoticeTrigger At { get; init; }

    /// <summary>Local days after the trigger by the end of which it must have gone out; null: no day is set, what waits for it waits.</summary>
    public int? WithinDays { get; init; }

    /// <summary>How many unpaid instalments are the trigger, for <see cref="NoticeTrigger.InstalmentsUnpaid"/>.</summary>
    public int? Instalments { get; init; }

    /// <summary>While money is overdue it goes out again, at the latest so many months after the last; null: once.</summary>
    public int? RepeatMonths { get; init; }

    /// <summary>Clear days between the day it goes out and a suit, for <see cref="NoticeTrigger.Enforcement"/>.</summary>
    public int? WaitDays { get; init; }

    /// <summary>The longest a plan may run from its acceptance, for <see cref="NoticeTrigger.PlanAccepted"/>.</summary>
    public int? PlanMaxMonths { get; init; }

    /// <summary>A period of the borrower's that begins with it.</summary>
    public NoticePeriod? Period { get; init; }

    /// <summary>In order of preference; the contact gate decides.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }

    public required string Template { get; init; }

    /// <summary>The work it becomes for people where it cannot be sent; completed with <c>sent</c> or <c>done</c>, it has gone out.</summary>
    public required string Task { get; init; }

    /// <summary>What stands still while it is missing.</summary>
    public IReadOnlyList<NoticeStop> WhileMissing { get; init => field = value ?? []; } = [];

    /// <summary>The contact flag that tells the gate it is missing; null: none.</summary>
    public string? MissingFlag { get; init; }

    /// <summary>Whether a loan's creditor owes it.</summary>
    public bool BindsLoan(LoanTerms terms) =>
        JurisdictionPack.Covers(Jurisdiction, terms.Jurisdiction)
        && (Binds == BoundRole.Both || Binds == (terms.CreditorRole == CreditorRole.Collector ? BoundRole.Collector : BoundRole.Creditor));

    /// <summary>The first day on which a suit may be asked for when it went out on a day: so many clear days lie between.</summary>
    public DateOnly? EnforceableFrom(DateOnly sentOn) => WaitDays is { } days ? sentOn.AddDays(days + 1) : null;
}

/// <summary>A period that begins when a notice is received, which is assumed some business days after it was sent (12 CFR 1006.34(b)(5)).</summary>
public sealed record NoticePeriod
{
    /// <summary>Business days from the day after sending to the assumed receipt: no Saturdays, Sundays or holidays of the calendar.</summary>
    public required int ReceiptDays { get; init; }

    /// <summary>The calendar's id; it must know every year.</summary>
    public required string Calendar { get; init; }

    /// <summary>Calendar days from receipt to the last day of the period.</summary>
    public required int Days { get; init; }

    /// <summary>The calendar, joined when the file is read.</summary>
    [JsonIgnore]
    public BusinessCalendar? JoinedCalendar { get; init; }

    /// <summary>The day of receipt and the last day of the period of a notice sent on a day.</summary>
    /// <exception cref="InvalidOperationException">No calendar is joined: a notice without its calendar cannot say when the period ends.</exception>
    public (DateOnly ReceivedOn, DateOnly EndsOn) From(DateOnly sentOn)
    {
        var calendar = JoinedCalendar ?? throw new InvalidOperationException($"the calendar '{Calendar}' is not joined");
        var receivedOn = sentOn;
        for (var counted = 0; counted < ReceiptDays;)
        {
            receivedOn = receivedOn.AddDays(1);
            counted += calendar.Kind(receivedOn) == DayKind.Working ? 1 : 0;
        }

        return (receivedOn, receivedOn.AddDays(Days));
    }
}

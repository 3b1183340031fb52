using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>Exception tracks: what takes a case off the ladder for a while, and the contact flag that tells the borrower's other loans.</summary>
/// <remarks>
/// Flags are borrower-wide where the law protects the person (bankruptcy, death, an attorney, Breathing Space, a demand to cease) or where
/// the house does (an open complaint, S21), and per debt where it is about the debt (a dispute, an identity theft). A date becomes an instant
/// on the careful side: a flag begins where on earth that day begins first, and ends where it begins last.
/// </remarks>
internal static class TrackEvents
{
    private const int BreathingSpaceDays = 60; // GB-BREATHING, SI 2020/1311

    // Not "breathing-space": that one ends after 60 days by itself, and a crisis lasts as long as its treatment.
    private const string CrisisFlag = "mental-health-crisis";

    private static readonly TimeSpan EarliestOffset = TimeSpan.FromHours(14);
    private static readonly TimeSpan LatestOffset = TimeSpan.FromHours(-12);

    public static IReadOnlyList<(string Type, Func<EventEnvelope, UnderstoodEvent> Read)> Kinds { get; } =
    [
        ("hardship.declared", HardshipDeclared),
        ("hardship.ended", HardshipEnded),
        ("dispute.raised", DisputeRaised),
        ("dispute.resolved", DisputeResolved),
        ("complaint.raised", ComplaintRaised),
        ("complaint.advanced", ComplaintAdvanced),
        ("bankruptcy.filed", received => Reported(received, ExceptionTrack.Bankruptcy, "bankruptcy", debtOnly: false)),
        ("bankruptcy.ended", BankruptcyEnded),
        ("death.reported", received => Reported(received, ExceptionTrack.Death, "deceased", debtOnly: false)),
        ("identity-theft.reported", received => Reported(received, ExceptionTrack.IdentityTheft, "identity-theft", debtOnly: true)),
        ("attorney.appointed", AttorneyAppointed),
        ("attorney.withdrawn", AttorneyWithdrawn),
        ("breathing-space.started", BreathingSpaceStarted),
        ("breathing-space.ended", received => Ended(received, ExceptionTrack.BreathingSpace, "breathing-space", CrisisFlag)),
        ("military.started", MilitaryStarted),
        ("military.ended", received => Ended(received, ExceptionTrack.Military, "military")),
        ("hold.placed", HoldPlaced),
        ("hold.released", HoldReleased),
    ];

    private static UnderstoodEvent HardshipDeclared(EventEnvelope received)
    {
        var reason = received.Data.Text("reason");
        return new(new CaseEvent.TrackStarted(ExceptionTrack.Hardship, Until: received.Data.Date("pauseUntil")), new() { Text = reason });
    }

    private static UnderstoodEvent HardshipEnded(EventEnvelope received)
    {
        _ = received.Data.OptionalDate("pauseUntil");
        return new(new CaseEvent.TrackEnded(ExceptionTrack.Hardship), TextOf(received.Data.OptionalText("reason")));
    }

    private static UnderstoodEvent DisputeRaised(EventEnvelope received)
    {
        var written = received.Data.Flag("written");
        return new(
            new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: written ? "written" : "oral"),
            new() { Text = received.Data.Text("text"), FlagsSet = [new("disputed", received.At, DebtId: received.LoanId)] });
    }

    private static UnderstoodEvent DisputeResolved(EventEnvelope received) => new(
        new CaseEvent.TrackEnded(ExceptionTrack.Dispute, Outcome: received.Data.Word("outcome", "upheld", "rejected")),
        new() { FlagsLifted = ["disputed"] });

    private static UnderstoodEvent ComplaintRaised(EventEnvelope received)
    {
        var complaintId = received.Data.Id("complaintId");
        return new(
            new CaseEvent.TrackStarted(ExceptionTrack.Complaint, complaintId),
            new() { Text = received.Data.Text("text"), Reference = complaintId, FlagsSet = [new("complaint-open", received.At, Reference: complaintId)] });
    }

    /// <summary>The loop is closed, and contact goes on, when the complaint is archived: an answer alone may still be objected to (S21).</summary>
    private static UnderstoodEvent ComplaintAdvanced(EventEnvelope received)
    {
        var complaintId = received.Data.Id("complaintId");
        var step = received.Data.Word("step", "registered", "investigated", "handled", "answered", "archived");
        return step == "archived"
            ? new(new CaseEvent.TrackEnded(ExceptionTrack.Complaint, complaintId, step), new() { Reference = complaintId, FlagsLifted = ["complaint-open"] })
            : new(new CaseEvent.TrackAdvanced(ExceptionTrack.Complaint, complaintId, step));
    }

    private static UnderstoodEvent Reported(EventEnvelope received, ExceptionTrack track, string flag, bool debtOnly)
    {
        var reportedOn = received.Data.Date("reportedOn");
        var from = StartOf(reportedOn) < received.At ? StartOf(reportedOn) : received.At;
        return new(
            new CaseEvent.TrackStarted(track, From: reportedOn),
            new() { FlagsSet = [new(flag, from, DebtId: debtOnly ? received.LoanId : null)] });
    }

    private static UnderstoodEvent BankruptcyEnded(EventEnvelope received)
    {
        _ = received.Data.OptionalDate("reportedOn");
        return new(new CaseEvent.TrackEnded(ExceptionTrack.Bankruptcy), new() { FlagsLifted = ["bankruptcy"] });
    }

    private static UnderstoodEvent AttorneyAppointed(EventEnvelope received) => new(
        new CaseEvent.TrackStarted(ExceptionTrack.Attorney),
        new() { Text = $"{received.Data.Text("name")}\n{received.Data.Text("address")}", FlagsSet = [new("attorney", received.At)] }); // ATTORNEY

    private static UnderstoodEvent AttorneyWithdrawn(EventEnvelope received)
    {
        var words = string.Join('\n', new[] { received.Data.OptionalText("name"), received.Data.OptionalText("address") }.OfType<string>());
        return new(new CaseEvent.TrackEnded(ExceptionTrack.Attorney), new() { Text = words.Length == 0 ? null : words, FlagsLifted = ["attorney"] });
    }

    /// <summary>60 days where no end is given; a mental-health crisis has no end of its own, it is ended by an event (treatment + 30 days).</summary>
    private static UnderstoodEvent BreathingSpaceStarted(EventEnvelope received)
    {
        var (from, until) = Period(received.Data);
        var crisis = received.Data.OptionalFlag("mentalHealth") == true;
        if (until is null && !crisis)
            until = from.AddDays(BreathingSpaceDays);
        return new(
            new CaseEvent.TrackStarted(ExceptionTrack.BreathingSpace, null, from, until, crisis ? "mental-health-crisis" : null),
            new() { FlagsSet = [new(crisis ? CrisisFlag : "breathing-space", StartOf(from), until is { } end ? EndBefore(end) : null)] });
    }

    private static UnderstoodEvent MilitaryStarted(EventEnvelope received)
    {
        var (from, until) = Period(received.Data);
        _ = received.Data.OptionalFlag("mentalHealth");
        return new(
            new CaseEvent.TrackStarted(ExceptionTrack.Military, null, from, until),
            new() { FlagsSet = [new("military", StartOf(from), until is { } end ? EndBefore(end) : null)] });
    }

    /// <summary>Ends at the event; the dates a sender may repeat from the start say nothing new.</summary>
    private static UnderstoodEvent Ended(EventEnvelope received, ExceptionTrack track, params IReadOnlyList<string> flags)
    {
        _ = received.Data.OptionalDate("from");
        _ = received.Data.OptionalDate("until");
        _ = received.Data.OptionalFlag("mentalHealth");
        return new(new CaseEvent.TrackEnded(track), new() { FlagsLifted = flags });
    }

    private static UnderstoodEvent HoldPlaced(EventEnvelope received)
    {
        var reason = received.Data.Text("reason");
        return new(
            new CaseEvent.TrackStarted(ExceptionTrack.Manual, Until: received.Data.OptionalDate("until"), Detail: EventKinds.CodeOf(reason)),
            EventKinds.TextUnlessCode(reason));
    }

    private static UnderstoodEvent HoldReleased(EventEnvelope received)
    {
        var reason = received.Data.OptionalText("reason");
        _ = received.Data.OptionalDate("until");
        return new(
            new CaseEvent.TrackEnded(ExceptionTrack.Manual, Outcome: reason is null ? null : EventKinds.CodeOf(reason)),
            reason is null ? null : EventKinds.TextUnlessCode(reason));
    }

    private static (DateOnly From, DateOnly? Until) Period(EventData data)
    {
        var from = data.Date("from");
        var until = data.OptionalDate("until");
        if (until <= from)
            data.Report("until", "not after 'from'; expected the first day on which it no longer holds");
        return (from, until);
    }

    private static BorrowerEffect? TextOf(string? words) => words is null ? null : new() { Text = words };

    private static DateTimeOffset StartOf(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), EarliestOffset);

    private static DateTimeOffset EndBefore(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), LatestOffset);
}

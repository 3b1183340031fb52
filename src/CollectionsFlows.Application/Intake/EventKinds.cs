using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Intake;

/// <summary>An event whose envelope is good: what its kind needs to read the rest.</summary>
internal sealed record EventEnvelope(string LoanId, string Type, DateTimeOffset At, EventData Data)
{
    /// <summary>Reads what <see cref="EventData"/> is too general for; the path is complete.</summary>
    public required Action<string, string> Report { get; init; }
}

/// <summary>What an event means to the case, and to the borrower.</summary>
internal sealed record UnderstoodEvent(CaseEvent Event, BorrowerEffect? Borrower = null);

/// <summary>The contract's table of events: a row per type.</summary>
internal static class EventKinds
{
    private static readonly Dictionary<string, Func<EventEnvelope, UnderstoodEvent>> Readers =
        new[] { MoneyEvents.Kinds, ContactEvents.Kinds, CircumstanceEvents.Kinds, TrackEvents.Kinds, WorkEvents.Kinds }
            .SelectMany(kinds => kinds)
            .ToDictionary(kind => kind.Type, kind => kind.Read, StringComparer.Ordinal);

    public static IEnumerable<string> Types => Readers.Keys;

    public static Func<EventEnvelope, UnderstoodEvent>? Find(string type) => Readers.GetValueOrDefault(type);

    /// <summary>A reason as a short code for the case, where it is one; the borrower's or agent's own words stay with the borrower (S25).</summary>
    public static string CodeOf(string reason) =>
        reason.Length is > 0 and <= 40 && reason.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') ? reason : "see-text";

    /// <summary>The text to keep with the borrower when <see cref="CodeOf"/> does not say it all.</summary>
    public static BorrowerEffect? TextUnlessCode(string reason) => CodeOf(reason) == reason ? null : new() { Text = reason };
}

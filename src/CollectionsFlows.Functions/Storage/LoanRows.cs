using Azure;
using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>What a writer needs to know of a loan's partition.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="Case">The snapshot's row; null: there is no case.</param>
/// <param name="Door">The door; null: nothing ever arrived.</param>
/// <param name="Inbox">Events that wait, in the order of their arrival.</param>
/// <param name="Leftover">Events the snapshot says are drained, whose rows are still to be marked.</param>
internal sealed record LoanRows(string LoanId, CaseRow? Case, DoorRow? Door, IReadOnlyList<InboxRow> Inbox, IReadOnlyList<InboxRow> Leftover)
{
    public int Version => Case?.Version ?? 0;

    /// <summary>Whether the loan has a case, or its enrolment in the inbox.</summary>
    public bool IsKnown => Case is not null || Door?.IsKnown == true;

    public long? EarliestReceived => Inbox.Count == 0 ? null : Inbox.Min(row => row.Received);
}

/// <summary>The snapshot's row without the state.</summary>
/// <param name="ETag">As read.</param>
/// <param name="Version">Number of steps.</param>
/// <param name="LastSeq">Sequence of the last fact.</param>
/// <param name="LastHash">Its hash.</param>
/// <param name="NextWake">UTC ticks.</param>
/// <param name="Steps">The ids of the last steps, latest first (<see cref="StepTrail"/>).</param>
/// <param name="IsNoted">Whether the step that wrote it made sure that it is noted whose loan it is. A release that does not know of notes writes the row without.</param>
internal sealed record CaseRow(ETag ETag, int Version, int LastSeq, string LastHash, long? NextWake, string Steps, bool IsNoted)
{
    /// <summary>The step that wrote it.</summary>
    public string Step => StepTrail.Latest(Steps);

    public static CaseRow Of(TableEntity row) => new(
        row.ETag, row.GetInt32("Version")!.Value, row.GetInt32("LastSeq")!.Value, row.GetString("LastHash"), row.GetInt64("NextWake"), row.GetString("Steps"),
        row.GetBoolean("Noted") == true);
}

/// <summary>The door of a loan's inbox.</summary>
/// <param name="ETag">As read.</param>
/// <param name="Last">The stamp of the last arrival.</param>
/// <param name="IsKnown">Whether the loan has a case, or its enrolment in the inbox.</param>
internal sealed record DoorRow(ETag ETag, long Last, bool IsKnown)
{
    public static DoorRow Of(TableEntity row) => new(row.ETag, row.GetInt64("Last")!.Value, row.GetBoolean("Known") == true);
}

/// <summary>An event in the inbox, without its input.</summary>
/// <param name="ETag">As read: the row changes only when it is drained.</param>
/// <param name="EventId">The event.</param>
/// <param name="Arrival">Its stamp at the door.</param>
/// <param name="Received">UTC ticks.</param>
/// <param name="Body">SHA-256 of what was sent.</param>
internal sealed record InboxRow(ETag ETag, string EventId, long Arrival, long Received, string Body)
{
    public static InboxRow Of(TableEntity row) =>
        new(row.ETag, row.GetString("Event"), row.GetInt64("Arrival")!.Value, row.GetInt64("Received")!.Value, row.GetString("Body"));
}

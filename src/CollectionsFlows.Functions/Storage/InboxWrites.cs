using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Puts events into inboxes, each once over all loans.</summary>
/// <remarks>
/// <para>Three tables take part, so it is done in an order in which nothing is lost and nothing accepted twice: (1) a row in the index with the
/// event itself (for an enrolment first a note whose loan it is, <see cref="BorrowersLoans"/>); (2) the claim on the id: from here on the id belongs to this loan and body; (3) the delivery, one transaction in the loan's
/// partition: the door, and the inbox row <c>inbox!EVENT</c>, which stays for ever, so that a second delivery is refused however late it comes.</para>
/// <para>A crash after (1) leaves a row that no claim confirms. A crash after (2) leaves a claimed event undelivered: the sender, who was not
/// answered, sends it again, and any put of a claimed event delivers it first; and whoever reads the index row (<see cref="DueReads"/>,
/// <see cref="LostReads"/>) delivers it too.</para>
/// <para>The door decides whether the loan is known, and the delivery holds only if the door is as it was read: an event is never delivered with
/// its index row among those of the wrong kind.</para>
/// </remarks>
internal sealed class InboxWrites(TableSet tables, LargeValues values, LoanReads reads, IndexWrites index, TimeProvider time)
{
    private const int MostRaces = 200;

    /// <summary>Puts for one loan take turns within this process: at the same door only one would win anyway.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    private long lastStamp;

    private enum ClaimResult
    {
        Won,
        Known,
        Conflict,
    }

    public async ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation)
    {
        var turn = turns[(uint)StringComparer.Ordinal.GetHashCode(item.LoanId) % (uint)turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await PutInTurnAsync(item, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The claim on an event id; null when nobody has it.</summary>
    public async ValueTask<(string LoanId, string Body)?> ClaimOfAsync(string eventId, CancellationToken cancellation) =>
        await tables.Events.FindAsync(TableLayout.Event(eventId), TableLayout.Claim, cancellation) is { } row ? (row.GetString("Loan"), row.GetString("Body")) : null;

    /// <summary>Delivers an event whose claim is there, unless it was delivered before.</summary>
    public async ValueTask DeliverAsync(InboxItem item, CancellationToken cancellation)
    {
        await NoteAsync(item, cancellation); // A former release may have claimed its id and died.
        var input = Json(item);
        await DeliverAsync(item, input, await DoorAsync(item, cancellation), isAwaitedAsKnown: null, cancellation);
    }

    public static TableEntity DoorRow(string loanId, long last, bool isKnown) =>
        new(TableLayout.Loan(loanId), TableLayout.Door) { ["Waiting"] = true, ["Loan"] = loanId, ["Last"] = last, ["Known"] = isKnown };

    private static byte[] Json(InboxItem item) => JsonSerializer.SerializeToUtf8Bytes(item.Input, CaseJson.Default.CaseInput);

    private static bool Opens(InboxItem item) => item.Input.Event is CaseEvent.LoanEnrolled;

    /// <summary>An enrolment says whose loan it is: noted before anything of it is there (<see cref="BorrowersLoans"/>).</summary>
    private async ValueTask NoteAsync(InboxItem item, CancellationToken cancellation)
    {
        if (item.Input.Event is CaseEvent.LoanEnrolled enrolled)
            await BorrowersLoans.NoteAsync(tables, enrolled.Terms.BorrowerId, item.LoanId, cancellation);
    }

    private async ValueTask<InboxResult> PutInTurnAsync(InboxItem item, CancellationToken cancellation)
    {
        var input = Json(item);
        var door = await DoorAsync(item, cancellation);
        var isKnown = door.IsKnown || Opens(item);
        await NoteAsync(item, cancellation);
        var awaited = await index.AwaitAsync(item, input, isKnown, cancellation);
        var claim = await ClaimAsync(item, cancellation);
        if (claim == ClaimResult.Won || (claim == ClaimResult.Known && !await reads.WasDeliveredAsync(item.LoanId, item.Input.Id, cancellation)))
        {
            await DeliverAsync(item, input, door, isKnown, cancellation);
            return claim == ClaimResult.Won ? InboxResult.Stored : InboxResult.Duplicate;
        }

        await WithdrawAsync(item, awaited, claim, cancellation);
        return claim == ClaimResult.Known ? InboxResult.Duplicate : InboxResult.Conflict;
    }

    /// <summary>The row announced an event that was delivered long ago, or never will be. One under the same key may be the row of the first put: it goes with its event.</summary>
    private async ValueTask WithdrawAsync(InboxItem item, TableEntity awaited, ClaimResult claim, CancellationToken cancellation)
    {
        if (claim == ClaimResult.Known)
        {
            var rows = await reads.LookAsync(item.LoanId, cancellation);
            if (rows.Inbox.Any(row => row.EventId == item.Input.Id && row.Received == item.ReceivedAt.UtcTicks)) return;
            if (!rows.IsKnown && rows.Inbox.Any(row => row.EventId == item.Input.Id)) return;
        }

        await index.DeleteAsync(awaited.PartitionKey, [awaited.RowKey], cancellation);
    }

    private async ValueTask<ClaimResult> ClaimAsync(InboxItem item, CancellationToken cancellation)
    {
        var by = TableWrites.NewStep();
        var row = new TableEntity(TableLayout.Event(item.Input.Id), TableLayout.Claim) { ["Loan"] = item.LoanId, ["Body"] = item.BodySha256, ["By"] = by };
        if (await TableWrites.TryAddAsync(tables.Events, row, cancellation)) return ClaimResult.Won;
        var known = (await tables.Events.FindAsync(row.PartitionKey, row.RowKey, cancellation))!;
        // The first sending may have been done although its answer was lost.
        if (known.GetString("By") == by) return ClaimResult.Won;
        return known.GetString("Loan") == item.LoanId && known.GetString("Body") == item.BodySha256 ? ClaimResult.Known : ClaimResult.Conflict;
    }

    /// <summary>The door; for an enrolment with all that waits behind it, for the enrolment matches it.</summary>
    private async ValueTask<LoanRows> DoorAsync(InboxItem item, CancellationToken cancellation) => Opens(item)
        ? await reads.LookAsync(item.LoanId, cancellation)
        : new LoanRows(item.LoanId, null, await reads.DoorAsync(item.LoanId, cancellation), [], []);

    private async ValueTask DeliverAsync(InboxItem item, byte[] input, LoanRows rows, bool? isAwaitedAsKnown, CancellationToken cancellation)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            var isKnown = rows.IsKnown || Opens(item);
            if (isAwaitedAsKnown != isKnown) await index.AwaitAsync(item, input, isKnown, cancellation);
            isAwaitedAsKnown = isKnown;
            if (isKnown && !rows.IsKnown && rows.Inbox.Count > 0) await index.AwaitAsync(item.LoanId, rows.Inbox, cancellation);

            var arrival = Stamp(rows.Door?.Last ?? 0);
            var refused = await TableWrites.SubmitAsync(
                tables.Cases,
                [
                    TableWrites.Replace(DoorRow(item.LoanId, arrival, isKnown), rows.Door?.ETag),
                    new(TableTransactionActionType.Add, await InboxRowAsync(item, input, arrival, cancellation)),
                ],
                cancellation);
            if (refused is null && isKnown && !rows.IsKnown) await index.ForgetLostAsync(item.LoanId, rows.Inbox, cancellation);
            if (refused is null || await reads.WasDeliveredAsync(item.LoanId, item.Input.Id, cancellation)) return;
            await Task.Delay(Random.Shared.Next(1, 5 * Math.Min(race + 2, 20)), cancellation);
            rows = await DoorAsync(item, cancellation);
        }

        throw new InvalidOperationException($"the inbox of loan {item.LoanId} is being changed by others all the time");
    }

    private async ValueTask<TableEntity> InboxRowAsync(InboxItem item, byte[] input, long arrival, CancellationToken cancellation)
    {
        var row = new TableEntity(TableLayout.Loan(item.LoanId), TableLayout.InboxRow(item.Input.Id))
        {
            ["Waiting"] = true, ["Loan"] = item.LoanId, ["Event"] = item.Input.Id, ["Arrival"] = arrival, ["Received"] = item.ReceivedAt.UtcTicks, ["Body"] = item.BodySha256,
        };
        await values.SetAsync(row, "Input", input, cancellation);
        return row;
    }

    /// <summary>A time stamp later than any this process gave and any this loan has: exact within a loan, by the hosts' clocks between loans.</summary>
    private long Stamp(long last)
    {
        while (true)
        {
            var before = Interlocked.Read(ref lastStamp);
            var stamp = Math.Max(Math.Max(before, last) + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref lastStamp, stamp, before) == before) return stamp;
        }
    }
}

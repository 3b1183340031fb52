using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>What intake results mean in HTTP.</summary>
internal static class Receipts
{
    public static ReceiptResult Of(InboxResult result) => result switch
    {
        InboxResult.Stored => ReceiptResult.Stored,
        InboxResult.Duplicate => ReceiptResult.SeenBefore,
        _ => ReceiptResult.Conflict,
    };

    /// <summary>The events whose id is taken by another body already: storing nothing of a list is better than half of it.</summary>
    public static async ValueTask<List<EventReceipt>> KnownConflictsAsync(ICaseStore cases, IReadOnlyList<OutsideEvent> events, CancellationToken cancellation)
    {
        var conflicts = new List<EventReceipt>();
        foreach (var received in events)
        {
            if (await cases.BodyOfAsync(received.Id, cancellation) is { } body && body != received.BodySha256)
                conflicts.Add(new(received.Id, ReceiptResult.Conflict));
        }

        return conflicts;
    }

    /// <summary>202 when anything is new, else 200.</summary>
    public static int StatusOf(IReadOnlyList<EventReceipt> receipts) =>
        receipts.Any(receipt => receipt.Result == ReceiptResult.Stored) ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    /// <summary>409 naming every conflict; null when there is none.</summary>
    public static ProblemResult? Conflicts(IReadOnlyList<EventReceipt> receipts)
    {
        var errors = receipts
            .Where(receipt => receipt.Result == ReceiptResult.Conflict)
            .Select(receipt => new InputError(null, "id", $"another event was stored before under the id {receipt.Id}"))
            .ToList();
        return errors.Count == 0 ? null : ProblemResult.Of(409, "event-conflict", "The id is taken by another event", Stored(receipts), errors);
    }

    private static string Stored(IReadOnlyList<EventReceipt> receipts)
    {
        var stored = receipts.Where(receipt => receipt.Result == ReceiptResult.Stored).Select(receipt => receipt.Id).ToList();
        return stored.Count == 0 ? "nothing was stored" : $"these were stored: {string.Join(", ", stored)}";
    }
}

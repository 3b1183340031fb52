using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Commands;

/// <summary>Runs commands (temporary until the dossier lands).</summary>
public sealed class CommandRunner(NotificationSender sender, TimeProvider time)
{
    public async ValueTask<CaseInput> RunAsync(CaseState state, PendingCommand pending, CancellationToken cancellation = default)
    {
        var attempt = await sender.SendAsync(state, pending, cancellation);
        return new CaseInput($"cmd:{pending.Command.Id}:{pending.Attempt}", time.GetUtcNow(), new CaseEvent.ContactAttempted(attempt));
    }

    public static InboxItem ResultItem(CaseState state, CaseInput input, DateTimeOffset now) =>
        new(state.Terms.LoanId, input, now, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.Id))));
}

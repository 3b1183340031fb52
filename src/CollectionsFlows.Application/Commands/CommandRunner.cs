using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Telemetry;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Commands;

/// <summary>Runs a case's commands and turns each result into an input that comes back through the inbox. Running a command again is safe.</summary>
public sealed class CommandRunner(NotificationSender notifications, DossierAssembler dossiers, TimeProvider time)
{
    private const string ResultPrefix = "cmd:";

    /// <summary>Runs one command.</summary>
    /// <returns>The result; its id is <c>cmd:{commandId}:{attempt}</c>, so the same try reports once.</returns>
    public async ValueTask<CaseInput> RunAsync(CaseState state, PendingCommand pending, CancellationToken cancellation = default)
    {
        using var activity = CommandTelemetry.Start(state, pending);
        CaseEvent result;
        try
        {
            result = pending.Command switch
            {
                CaseCommand.SendNotification => new CaseEvent.ContactAttempted(await notifications.SendAsync(state, pending, cancellation)),
                _ => await ArchiveAsync(state, pending.Command, cancellation),
            };
        }
        catch (Exception problem) when (CommandTelemetry.Failed(activity, pending.Command, problem))
        {
            throw;
        }

        CommandTelemetry.Ended(activity, pending.Command, result);
        return new CaseInput(ResultId(pending), time.GetUtcNow().ToUniversalTime(), result);
    }

    /// <summary>The inbox item of a result. Its body is its id: a repetition is a duplicate, whatever the clock said in between, and never a conflict.</summary>
    public static InboxItem ResultItem(CaseState state, CaseInput result, DateTimeOffset now) =>
        new(state.Terms.LoanId, result, now, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(result.Id))));

    /// <summary>Whether an input is the result of a command, not news from outside.</summary>
    public static bool IsResult(CaseInput input) => input.Id.StartsWith(ResultPrefix, StringComparison.Ordinal);

    private static string ResultId(PendingCommand pending) => string.Create(CultureInfo.InvariantCulture, $"{ResultPrefix}{pending.Command.Id}:{pending.Attempt}");

    private async ValueTask<CaseEvent> ArchiveAsync(CaseState state, CaseCommand command, CancellationToken cancellation)
    {
        var receipt = await dossiers.AssembleAsync(state, command, cancellation);
        return new CaseEvent.DossierArchived(command.Id, receipt.DossierId, receipt.Sha256);
    }
}

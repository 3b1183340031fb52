using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Telemetry;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Commands;

/// <summary>
/// Runs <see cref="CaseCommand.SendNotification"/>: the gate on fresh data, the reservation with the intent, the evidence, the handover, the result.
/// The ledger is saved only against the version that was judged, so two loans of a borrower cannot both take the last slot.
/// </summary>
/// <param name="borrowers">Profiles, ledgers, messages.</param>
/// <param name="drafts">Renders.</param>
/// <param name="channels">Who delivers.</param>
/// <param name="time">Now.</param>
/// <param name="archive">Keeps evidence of what is handed over; null: the borrower store is evidence enough.</param>
public sealed class NotificationSender(
    IBorrowerStore borrowers, NotificationDraft drafts, IReadOnlyList<IMessageChannel> channels, TimeProvider time, IMessageArchive? archive = null)
{
    private const int MostRaces = 50;
    private const int MostMinutesToWait = 60;

    /// <summary>Runs the command once; a second run reports what the first did and sends nothing.</summary>
    public async ValueTask<ContactAttempt> SendAsync(CaseState state, PendingCommand pending, CancellationToken cancellation = default)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        for (var race = 0; race < MostRaces; race++)
        {
            var borrower = await borrowers.LoadBorrowerAsync(state.Terms.BorrowerId, cancellation);
            if (borrower is not null && borrower.Ledger.Any(entry => entry.Id == command.Id)
                && await ReportAsync(borrower, pending, cancellation) is { } before)
            {
                return before;
            }

            var draft = drafts.Of(state, pending, borrower, channels, time.GetUtcNow(), await ComposedAsync(state, command, cancellation));
            if (draft.Message is not { } message)
            {
                return draft.Attempt;
            }

            var channel = channels.First(known => known.Channel == message.Channel);
            if (await ReserveAsync(borrower!, message, channel.IsOutbox, cancellation))
            {
                return channel.IsOutbox ? await LaidOutAsync(draft.Attempt, message, cancellation) : await HandOverAsync(channel, message, cancellation);
            }
        }

        throw new InvalidOperationException($"borrower {state.Terms.BorrowerId} is being changed by others all the time");
    }

    /// <summary>The words a person wrote, which are with the borrower; null where the command sends a template, or where they are gone or not those that were accepted.</summary>
    private async ValueTask<ContentDraft?> ComposedAsync(CaseState state, CaseCommand.SendNotification command, CancellationToken cancellation)
    {
        if (command.MessageId is not { } id)
        {
            return null;
        }

        var texts = await borrowers.TextsAsync(state.Terms.BorrowerId, state.Terms.LoanId, cancellation);
        return texts.FirstOrDefault(text => text.EventId == id) is { Text.Length: > 0 } stored
            && ComposedText.Read(stored.Text) is var words && OutgoingContent.Sha256(words.Text) == command.TextSha256 ? words : null;
    }

    /// <summary>Intent before effect: the contact is in the ledger and the message is stored before anything leaves.</summary>
    private ValueTask<bool> ReserveAsync(BorrowerRecord borrower, StoredMessage message, bool isOutbox, CancellationToken cancellation) =>
        borrowers.SaveBorrowerAsync(
            new BorrowerChange
            {
                BorrowerId = borrower.BorrowerId,
                ExpectedVersion = borrower.Version,
                Ledger = [Entry(message, isOutbox ? ContactOutcome.Sent : ContactOutcome.Unknown)],
                Messages = [message with { Status = isOutbox ? MessageStatus.Sent : MessageStatus.Reserved }],
            },
            cancellation);

    private async ValueTask<ContactAttempt> HandOverAsync(IMessageChannel channel, StoredMessage message, CancellationToken cancellation)
    {
        using var activity = CommandTelemetry.StartHandOver(message);
        var handover = await TurnAsync(channel, message, cancellation) ?? await ArchiveAsync(message, cancellation) ?? await GiveAsync(channel, message, cancellation);
        CommandTelemetry.HandedOver(activity, handover);

        var settled = message with { Status = handover.Status };
        if (handover.Status == MessageStatus.Later)
        {
            settled = settled with { Attempt = Postponed(message.Attempt!, handover) };
        }

        if (handover.Status == MessageStatus.Failed)
        {
            settled = settled with { Attempt = message.Attempt! with { Code = handover.Code } }; // For a run that is repeated.
        }

        // What became of it is kept even while the host goes down: without it the next run could only say "unknown".
        await SettleAsync(settled, CancellationToken.None, handover.Code);
        return Result(settled.Attempt!, handover.Status, handover.Code);
    }

    /// <summary>Null: it is the message's turn. Else it is not handed over, and there is to be no evidence as if it had been.</summary>
    private static async ValueTask<Handover?> TurnAsync(IMessageChannel channel, StoredMessage message, CancellationToken cancellation)
    {
        try
        {
            return await channel.ReadyAsync(message, cancellation);
        }
#pragma warning disable CA1031 // Whatever went wrong, nothing has left: it is tried again.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Handover.Later("no-turn");
        }
    }

    /// <summary>Evidence before effect. Null: it is there. What could not be archived is certainly not handed over: the next try writes it anew.</summary>
    private async ValueTask<Handover?> ArchiveAsync(StoredMessage message, CancellationToken cancellation)
    {
        if (archive is null)
        {
            return null;
        }

        try
        {
            await archive.KeepAsync(message, cancellation);
            return null;
        }
#pragma warning disable CA1031 // Whatever went wrong, nothing has left: it is tried again.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Handover.Later(ContactDecisions.NotArchived);
        }
    }

    private static async ValueTask<Handover> GiveAsync(IMessageChannel channel, StoredMessage message, CancellationToken cancellation)
    {
        try
        {
            return await channel.SendAsync(message, cancellation);
        }
#pragma warning disable CA1031 // Whatever went wrong, the message may be out: the delivery report settles it, nobody sends it again.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new Handover(MessageStatus.Unknown);
        }
    }

    /// <summary>In an outbox the message lies once it is stored; the command is done when there is evidence of it too, and a run that failed here is repeated.</summary>
    private async ValueTask<ContactAttempt> LaidOutAsync(ContactAttempt attempt, StoredMessage message, CancellationToken cancellation)
    {
        if (archive is not null)
        {
            await archive.KeepAsync(message, cancellation);
        }

        return attempt;
    }

    /// <summary>The delivery report may be faster than the carrier's own answer; then it knows better.</summary>
    private async ValueTask SettleAsync(StoredMessage message, CancellationToken cancellation, string? code = null)
    {
        var outcome = message.Status switch
        {
            MessageStatus.Failed or MessageStatus.Later => ContactOutcome.Failed,
            MessageStatus.Unknown => ContactOutcome.Unknown,
            _ => ContactOutcome.Sent,
        };
        for (var race = 0; race < MostRaces; race++)
        {
            var borrower = await borrowers.LoadBorrowerAsync(message.BorrowerId, cancellation);
            var stored = await borrowers.MessageAsync(message.BorrowerId, message.CommandId, cancellation);
            if (stored?.Status is MessageStatus.Delivered or MessageStatus.Failed or MessageStatus.Later || (stored?.Status == MessageStatus.Sent && message.Status == MessageStatus.Unknown))
            {
                return;
            }

            var profile = message.Status == MessageStatus.Failed
                ? borrower!.Profile.Refused(code, message.Channel, message.Attempt!.Judged!.Request.Address, time.GetUtcNow())
                : borrower!.Profile;
            var change = new BorrowerChange
            {
                BorrowerId = message.BorrowerId, ExpectedVersion = borrower.Version, Ledger = [Entry(message, outcome)], Messages = [message],
                Profile = profile == borrower.Profile ? null : profile,
            };
            if (await borrowers.SaveBorrowerAsync(change, cancellation))
            {
                return;
            }
        }

        throw new InvalidOperationException($"borrower {message.BorrowerId} is being changed by others all the time");
    }

    /// <summary>What became of a command that ran before: a message still only reserved may have gone out, so it is unknown. Null: the carrier did not take it then, and this is the next try.</summary>
    private async ValueTask<ContactAttempt?> ReportAsync(BorrowerRecord borrower, PendingCommand pending, CancellationToken cancellation)
    {
        var commandId = pending.Command.Id;
        var message = await borrowers.MessageAsync(borrower.BorrowerId, commandId, cancellation)
            ?? throw new InvalidOperationException($"the ledger knows {commandId}, but its message is missing");
        if (message.Status == MessageStatus.Later && message.Attempt!.Number < pending.Attempt)
        {
            return null;
        }

        if (archive is not null && message.Status != MessageStatus.Later)
        {
            // The run before may have ended between reservation and evidence, and what it reserved may count as gone out.
            await archive.KeepAsync(message, cancellation);
        }

        var status = message.Status == MessageStatus.Reserved ? MessageStatus.Unknown : message.Status;
        if (status != message.Status)
        {
            await SettleAsync(message with { Status = status }, cancellation);
        }

        return Result(message.Attempt!, status, message.Attempt!.Code);
    }

    /// <summary>The carrier's wait, but never less with every try: a minute more each, up to an hour.</summary>
    private ContactAttempt Postponed(ContactAttempt intended, Handover handover)
    {
        var least = TimeSpan.FromMinutes(Math.Min(intended.Number, MostMinutesToWait));
        return intended with
        {
            Result = ContactResult.Deferred,
            Rule = ContactDecisions.CarrierLater,
            Citations = [ContactDecisions.CarrierLater],
            Until = time.GetUtcNow() + (handover.RetryAfter > least ? handover.RetryAfter.Value : least),
            Code = handover.Code,
        };
    }

    private static ContactAttempt Result(ContactAttempt intended, MessageStatus status, string? code) => status switch
    {
        MessageStatus.Failed => intended with { Result = ContactResult.Failed, Code = code },
        MessageStatus.Unknown => intended with { Result = ContactResult.Unknown },
        _ => intended,
    };

    private static LedgerEntry Entry(StoredMessage message, ContactOutcome outcome)
    {
        var request = message.Attempt!.Judged!.Request;
        return new LedgerEntry(message.CommandId, new PastContact(
            message.At, message.Channel, Direction.Outbound, outcome, [message.LoanId], request.Address, request.Place, message.TextSha256, request.Purpose));
    }
}

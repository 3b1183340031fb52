using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Application.Commands;

/// <summary>Takes in what agents write to borrowers: judged at once, stored with the borrower, sent by the case when the gate allows.</summary>
public sealed class MessageDesk(
    ICaseStore cases, IBorrowerStore borrowers, IPolicySource policies, LenderProfile lender, EventIntake intake, TimeProvider time, ContentRules? content = null)
{
    /// <summary>The event a written message is kept under.</summary>
    public const string EventType = "message.composed";

    private readonly OutgoingContent contents = new(lender, content ?? ContentCatalogue.Shipped());

    /// <summary>What would be sent now, and everything wrong with it; null: there is no such case.</summary>
    public async ValueTask<MessageCheck?> CheckAsync(string loanId, WrittenMessage message, CancellationToken cancellation = default)
    {
        if ((await cases.LoadAsync(loanId, cancellation)).State is not { } state
            || await borrowers.LoadBorrowerAsync(state.Terms.BorrowerId, cancellation) is not { } borrower)
            return null;
        var draft = new ContentDraft(message.Text, message.Subject, IsComposed: true);
        var complete = contents.Of(state, policies.Find(state.Policy), borrower, message.Channel, message.Purpose, draft, time.GetUtcNow());
        var unreachable = WayToReach.Of(borrower, [message.Channel]).Any()
            ? []
            : new[] { new ContentFinding(ContactDecisions.NoAddress, "channel", "the borrower has no address for this channel", "another channel") };
        return new MessageCheck(complete.Text, message.Channel == Channel.Sms ? SmsSegments.Count(complete.Text) : 1, [.. unreachable, .. contents.Check(complete)]);
    }

    /// <summary>Takes a message in unless something is wrong with it. One taken in before is a duplicate, however it would be judged now.</summary>
    /// <param name="loanId">The case.</param>
    /// <param name="id">Unique to this message.</param>
    /// <param name="message">The words.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>What became of it, and the check; null: there is no such case.</returns>
    public async ValueTask<MessageTaken?> SendAsync(string loanId, string id, WrittenMessage message, string by, CancellationToken cancellation = default)
    {
        if (await cases.BodyOfAsync(id, cancellation) is { } known)
            return new MessageTaken(known == HashOf(loanId, message) ? InboxResult.Duplicate : InboxResult.Conflict, null);
        if (await CheckAsync(loanId, message, cancellation) is not { } check)
            return null;
        return check.Findings.Count > 0 ? new MessageTaken(null, check) : new MessageTaken(await StoreAsync(loanId, id, message, by, cancellation), check);
    }

    private ValueTask<InboxResult> StoreAsync(string loanId, string id, WrittenMessage message, string by, CancellationToken cancellation)
    {
        var composed = new OutsideEvent
        {
            Id = id,
            At = time.GetUtcNow(),
            LoanId = loanId,
            Type = EventType,
            Event = new CaseEvent.MessageComposed(message.Channel, message.Purpose, OutgoingContent.Sha256(message.Text)),
            Borrower = new BorrowerEffect { Text = ComposedText.Write(message.Subject, message.Text) },
            BodySha256 = HashOf(loanId, message),
        };
        return intake.AcceptAsync(composed, by, ComposedText.OneLine(message.Reason), cancellation);
    }

    private static string HashOf(string loanId, WrittenMessage message)
    {
        string[] parts = [loanId, message.Channel.ToString(), message.Purpose.ToString(), message.Subject ?? "", message.Text, message.Reason];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }
}

/// <summary>A message as an agent wrote it. Personal data.</summary>
/// <param name="Channel">Sms, email or letter.</param>
/// <param name="Purpose">Collect, care or confirmation.</param>
/// <param name="Text">The text.</param>
/// <param name="Subject">Of e-mails and letters; null: none.</param>
/// <param name="Reason">Why it is written; kept with it.</param>
public sealed record WrittenMessage(Channel Channel, Purpose Purpose, string Text, string? Subject, string Reason);

/// <summary>What would be sent, and everything wrong with it.</summary>
/// <param name="Text">The text with the disclosures the product adds.</param>
/// <param name="Segments">Parts of an SMS; 1 for other channels.</param>
/// <param name="Findings">Empty when it may be sent.</param>
public sealed record MessageCheck(string Text, int Segments, IReadOnlyList<ContentFinding> Findings);

/// <summary>What became of a message.</summary>
/// <param name="Result">Null: not taken in, because of the findings.</param>
/// <param name="Check">Null for one that was there before.</param>
public sealed record MessageTaken(InboxResult? Result, MessageCheck? Check);

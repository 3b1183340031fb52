using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Commands;

/// <summary>What a message of a case must and may say: its text made complete, and judged. The only place that puts it together, for dispatch and for whoever writes.</summary>
/// <param name="lender">Who writes.</param>
/// <param name="rules">The lists to judge by.</param>
public sealed class OutgoingContent(LenderProfile lender, ContentRules rules)
{
    /// <summary>A borrower's flag for a debt whose limitation period has run (<c>US-TIMEBARRED</c>).</summary>
    public const string TimeBarredFlag = "time-barred";

    /// <summary>The message with the disclosures it lacks, ready to be judged.</summary>
    /// <param name="state">The case.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="borrower">Its borrower, as loaded now.</param>
    /// <param name="channel">The medium.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="draft">The words; a composed one was written by a person, so that nothing but they vouch for a demand.</param>
    /// <param name="now">The instant of the contact.</param>
    public MessageContent Of(CaseState state, Policy policy, BorrowerRecord borrower, Channel channel, Purpose purpose, ContentDraft draft, DateTimeOffset now)
    {
        var today = new BorrowerClock(state.Terms.TimeZones).DateAt(now);
        var position = CaseAccount.Position(state, policy, today);
        var message = new MessageContent
        {
            Text = draft.Text,
            Subject = draft.Subject,
            Channel = channel,
            Purpose = purpose,
            Jurisdiction = state.Terms.Jurisdiction,
            CreditorRole = state.Terms.CreditorRole,
            IsFirst = !borrower.Ledger.Any(entry => Reached(entry.Contact, state.Terms.LoanId)),
            IsTooEarly = draft.IsComposed && purpose == Purpose.Collect && position.Overdue.Total <= 0m,
            IsTimeBarred = borrower.Profile.Flags.Any(flag => IsTimeBarred(flag, state.Terms.LoanId, now)),
            PreviousSmsSha256 = policy.HouseRules ? LastSms(borrower)?.TextSha256 : null,
            Expected = new ExpectedContent(
                lender.Name, lender.ServicePhone, lender.PaymentLink(state.Terms.LoanId), borrower.Details?.Name ?? "",
                [.. Amounts(state, policy, today, position).Select(state.Terms.Currency.Round).Distinct()]),
        };
        var text = ContentLint.Completed(message, rules);
        return message with { Text = text, TextSha256 = Sha256(text) };
    }

    /// <summary>Everything wrong with it.</summary>
    public IReadOnlyList<ContentFinding> Check(MessageContent message) => ContentLint.Check(message, rules);

    /// <summary>SHA-256 of a text, lower-case hex.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// A message about the debt that certainly went out: after one that may not have, the first disclosure is made again, which harms nobody
    /// (12 CFR 1006.18(e)).
    /// </summary>
    private static bool Reached(PastContact past, string loanId) =>
        past is { Direction: Direction.Outbound, Outcome: ContactOutcome.Sent, Channel: Channel.Sms or Channel.Email or Channel.Letter }
        && past.Purpose != Purpose.Confirmation && past.DebtIds.Contains(loanId);

    private static PastContact? LastSms(BorrowerRecord borrower) => borrower.Ledger.Select(entry => entry.Contact)
        .Where(past => past is { Channel: Channel.Sms, Direction: Direction.Outbound } && past.Outcome != ContactOutcome.Failed)
        .MaxBy(past => past.At);

    private static bool IsTimeBarred(ProfileFlag flag, string loanId, DateTimeOffset now) =>
        flag.Name == TimeBarredFlag && flag.From <= now && !(flag.Until <= now) && (flag.DebtId is null || flag.DebtId == loanId);

    private static IEnumerable<decimal> Amounts(CaseState state, Policy policy, DateOnly today, Core.Loans.AccountPosition position) =>
    [
        position.Overdue.Total, position.Balance.Total, CaseAccount.Payoff(state, policy, today).Amount,
        .. position.Instalments.Where(instalment => instalment.SettledOn is null).Select(instalment => instalment.Outstanding.Total),
        .. state.Promises.Select(promise => promise.Amount),
        .. state.Plan?.Instalments.Select(instalment => instalment.Amount) ?? [],
    ];
}

/// <summary>The words of a message. Personal data.</summary>
/// <param name="Text">The text.</param>
/// <param name="Subject">Of e-mails and letters.</param>
/// <param name="IsComposed">Whether a person wrote it for this one case.</param>
public sealed record ContentDraft(string Text, string? Subject = null, bool IsComposed = false);

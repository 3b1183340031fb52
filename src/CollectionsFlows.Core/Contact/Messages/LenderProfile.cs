namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>Who writes, and how to reach and pay them: the lender's settings that messages quote.</summary>
/// <param name="Name">The name the borrower knows the lender by.</param>
/// <param name="ServicePhone">The number of customer service, as it is to be shown.</param>
/// <param name="PaymentLinkBase">The lender's own https address to pay at; the loan id is appended. No public shortener: carriers block them.</param>
public sealed record LenderProfile(string Name, string ServicePhone, string PaymentLinkBase)
{
    /// <summary>Whether the sender receives replies; an alphanumeric sender cannot receive STOP, so messages offer the telephone instead.</summary>
    public bool ReceivesReplies { get; init; } = true;

    /// <summary>The postal address, on one line: notices that the law wants quote it, and cannot go out without it (12 CFR 1006.34(c)(2)(i)).</summary>
    public string? MailingAddress { get; init; }

    /// <summary>Where the borrower pays this loan.</summary>
    public string PaymentLink(string loanId) => $"{PaymentLinkBase.TrimEnd('/')}/{Uri.EscapeDataString(loanId)}";
}

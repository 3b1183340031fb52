using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>A written message as it would go out, and what is known about its reader. Personal data: it never leaves the code that judges it (S25).</summary>
public sealed record MessageContent
{
    public required string Text { get; init; }

    /// <summary>Of e-mails and letters.</summary>
    public string? Subject { get; init; }

    public required Channel Channel { get; init; }

    public required Purpose Purpose { get; init; }

    public Recipient Recipient { get; init; }

    /// <summary>The borrower's jurisdiction, e.g. <c>US-MA</c>.</summary>
    public required string Jurisdiction { get; init; }

    public required CreditorRole CreditorRole { get; init; }

    /// <summary>Whether nothing written about this debt has reached the borrower before (12 CFR 1006.18(e)).</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it asks for money while nothing is overdue, with nobody but its author to say why (S2).</summary>
    public bool IsTooEarly { get; init; }

    /// <summary>Whether the debt is known to be time-barred; false: not known (<c>US-TIMEBARRED</c>).</summary>
    public bool IsTimeBarred { get; init; }

    /// <summary>SHA-256 of <see cref="Text"/>; null: not compared.</summary>
    public string? TextSha256 { get; init; }

    /// <summary>SHA-256 of the last SMS to the borrower, over all loans; null: none (<c>HOUSE-VARY</c>).</summary>
    public string? PreviousSmsSha256 { get; init; }

    public required ExpectedContent Expected { get; init; }
}

/// <summary>What a message about this loan has to quote.</summary>
/// <param name="LenderName">Who writes.</param>
/// <param name="ServicePhone">How to reach service.</param>
/// <param name="PaymentLink">Where to pay.</param>
/// <param name="BorrowerName">Whom a letter addresses.</param>
/// <param name="Amounts">The amounts that answer "how much" (overdue, balance, pay-off, next instalment), in the loan's currency.</param>
public sealed record ExpectedContent(string LenderName, string ServicePhone, string PaymentLink, string BorrowerName, IReadOnlyList<decimal> Amounts);

/// <summary>One thing wrong with a message. Quotes the list it was found by, never the message: it may be logged.</summary>
/// <param name="Rule">The rule's id, e.g. <c>CONTENT-FORBIDDEN</c>.</param>
/// <param name="Where"><c>text</c> or <c>subject</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
/// <param name="At">The character at which it begins, 1 for the first; null: it is about the whole.</param>
public sealed record ContentFinding(string Rule, string Where, string Problem, string Expected, int? At = null);

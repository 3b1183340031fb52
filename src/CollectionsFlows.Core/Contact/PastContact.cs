using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact;

/// <summary>What came of a contact.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ContactOutcome>))]
public enum ContactOutcome
{
    /// <summary>Reserved or sent with no result known yet, or an ambiguous one: it counts as made.</summary>
    Unknown,

    /// <summary>Handed to the carrier, or delivered.</summary>
    Sent,

    /// <summary>Certainly not made.</summary>
    Failed,
    Conversation,
    NoAnswer,
    Voicemail,
    Busy,
    NotInService,
    WrongParty,
    Refused,
}

/// <summary>A contact of the borrower's ledger, over all loans and whoever made it.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">Medium.</param>
/// <param name="Direction">Who began it.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="DebtIds">The debts it was about; empty: unknown, counts for each.</param>
/// <param name="Address">Opaque key of the number or address.</param>
/// <param name="Place">Where the address is.</param>
/// <param name="TextSha256">SHA-256 of the message, where there was one.</param>
/// <param name="Purpose">What it was for.</param>
/// <param name="Recipient">With whom it was; null: not stated, which counts as anybody.</param>
public sealed record PastContact(
    DateTimeOffset At,
    Channel Channel,
    Direction Direction,
    ContactOutcome Outcome,
    IReadOnlyList<string> DebtIds,
    string? Address = null,
    Place? Place = null,
    string? TextSha256 = null,
    Purpose Purpose = Purpose.Collect,
    Recipient? Recipient = null)
{
    /// <summary>Whether it was about a debt; with no debts named it was about each.</summary>
    public bool IsAbout(string debtId)
    {
        for (var i = 0; i < DebtIds.Count; i++)
            if (DebtIds[i] == debtId)
                return true;
        return DebtIds.Count == 0;
    }
}

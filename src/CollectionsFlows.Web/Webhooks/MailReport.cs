namespace CollectionsFlows.Web.Webhooks;

/// <summary>What a delivery report about an e-mail says. Its words (<c>deliveryStatusDetails</c>) quote addresses and servers, so only the status is passed on.</summary>
/// <param name="Delivered">Handed over to the recipient's mail server; null: the report says neither.</param>
/// <param name="Code">Why not.</param>
internal sealed record MailReport(bool? Delivered, string? Code = null)
{
    /// <summary>The words the provider documents.</summary>
    public const string Expected = "expected Delivered, Bounced, Suppressed, Failed, Quarantined, FilteredSpam or Expanded";

    /// <summary>The report of a status; null: a word nobody knows.</summary>
    public static MailReport? Of(string? status) => status?.Trim().ToUpperInvariant() switch
    {
        "DELIVERED" => new(true),
        "BOUNCED" => new(false, "bounced"), // Hard: there is no such address.
        "SUPPRESSED" => new(false, "suppressed"), // Not sent: others to the address bounced before.
        "FAILED" => new(false, "failed"),
        "QUARANTINED" => new(false, "quarantined"),
        "FILTEREDSPAM" => new(false, "filtered-spam"),
        "EXPANDED" => new(Delivered: null), // A mailing list: it went out, to its members. Called failed, it would not count as a contact.
        _ => null,
    };
}

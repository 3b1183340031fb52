namespace CollectionsFlows.Core.Contact;

/// <summary>The rules of one jurisdiction (or of the house) as data: a list of rules with typed parameters.</summary>
public sealed record JurisdictionPack
{
    /// <summary><c>house</c>, <c>CN</c>, <c>US</c>, <c>US-MA</c> …</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Grows with every change; recorded with each verdict.</summary>
    public required int Version { get; init; }

    public required IReadOnlyList<ContactRule> Rules { get; init; }
}

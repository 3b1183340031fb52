namespace CollectionsFlows.Core.Contact;

/// <summary>One rule of a pack. Each kind of rule is a subtype with its own parameters.</summary>
public abstract record ContactRule
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Where the rule is written.</summary>
    public required string Source { get; init; }
}

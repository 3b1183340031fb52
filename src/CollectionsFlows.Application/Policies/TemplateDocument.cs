using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Policies;

/// <summary>A file of templates in one language.</summary>
public sealed record TemplateDocument
{
    /// <summary>BCP 47, e.g. <c>zh-CN</c>.</summary>
    public required string Language { get; init; }

    public required IReadOnlyList<TemplateEntry> Templates { get; init; }
}

/// <summary>One template of the file; see <see cref="Core.Contact.Messages.MessageTemplate"/>.</summary>
public sealed record TemplateEntry
{
    public required string Name { get; init; }

    public required Purpose Purpose { get; init; }

    public bool ExplainsCharges { get; init; }

    public bool FixedForm { get; init; }

    public string? Subject { get; init; }

    public required IReadOnlyList<string> Wordings { get; init; }
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Core.Policies;

/// <summary>A message a policy brings along; see <see cref="MessageTemplate"/>.</summary>
public sealed record PolicyTemplate
{
    public required string Name { get; init; }

    /// <summary>BCP 47, e.g. <c>zh-CN</c>.</summary>
    public required string Language { get; init; }

    public required Purpose Purpose { get; init; }

    public bool ExplainsCharges { get; init; }

    public string? Subject { get; init; }

    public required IReadOnlyList<string> Wordings { get; init; }

    /// <summary>The message.</summary>
    public MessageTemplate ToTemplate() => new()
    {
        Name = Name, Language = Language, Purpose = Purpose, ExplainsCharges = ExplainsCharges, Subject = Subject, Wordings = Wordings,
    };
}

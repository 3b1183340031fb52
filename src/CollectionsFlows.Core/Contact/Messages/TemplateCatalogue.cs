using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>Templates by name and language. Immutable.</summary>
public sealed class TemplateCatalogue
{
    public static readonly TemplateCatalogue Empty = new([]);

    private readonly FrozenDictionary<(string Name, string Language), MessageTemplate> _templates;

    private TemplateCatalogue(IEnumerable<MessageTemplate> templates) =>
        _templates = templates.ToFrozenDictionary(template => (template.Name, template.Language));

    /// <summary>All of them, by name, then language.</summary>
    public IEnumerable<MessageTemplate> All => _templates.Values.OrderBy(template => template.Name, StringComparer.Ordinal).ThenBy(template => template.Language, StringComparer.Ordinal);

    /// <summary>A catalogue of templates without errors; with errors, all of them and no catalogue.</summary>
    public static (TemplateCatalogue? Catalogue, IReadOnlyList<TemplateError> Errors) Of(IReadOnlyList<MessageTemplate> templates)
    {
        var errors = TemplateValidation.Check(templates);
        return errors.Count == 0 ? (new TemplateCatalogue(templates), errors) : (null, errors);
    }

    /// <summary>These templates with others over them; the others are checked where they come from.</summary>
    public TemplateCatalogue With(IReadOnlyList<MessageTemplate> others) =>
        new(others.Concat(_templates.Values).DistinctBy(template => (template.Name, template.Language)));

    public MessageTemplate? Find(string name, string language) => _templates.GetValueOrDefault((name, language));

    /// <summary>The template in the borrower's language, or, where there is none, in the policy's.</summary>
    public MessageTemplate? Find(string name, string? borrowerLanguage, string policyLanguage) =>
        (string.IsNullOrEmpty(borrowerLanguage) ? null : Find(name, borrowerLanguage)) ?? Find(name, policyLanguage);

    /// <summary>As above; a letter has room for more, so its own template <c>{name}-letter</c> comes first where there is one (<c>CN-CARD-LETTER</c>).</summary>
    public MessageTemplate? FindFor(Channel channel, string name, string? borrowerLanguage, string policyLanguage) =>
        (channel == Channel.Letter ? Find($"{name}-letter", borrowerLanguage, policyLanguage) : null) ?? Find(name, borrowerLanguage, policyLanguage);

    /// <summary>The names there are in a language, in order.</summary>
    public IReadOnlyList<string> Names(string language) =>
        [.. _templates.Keys.Where(key => key.Language == language).Select(key => key.Name).Order(StringComparer.Ordinal)];
}

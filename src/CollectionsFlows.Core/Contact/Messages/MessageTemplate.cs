namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>The wordings of one message in one language. Several, so that no text repeats (S14).</summary>
public sealed record MessageTemplate
{
    /// <summary>E.g. <c>friendly-reminder</c>; templates of steps before the due date are named <c>care-…</c>.</summary>
    public required string Name { get; init; }

    /// <summary>BCP 47, e.g. <c>zh-CN</c>.</summary>
    public required string Language { get; init; }

    public required Purpose Purpose { get; init; }

    /// <summary>Whether every wording tells how interest and penalty come about (S3): the notice at 30 days past due must.</summary>
    public bool ExplainsCharges { get; init; }

    /// <summary>Whether it is a notice whose form the law prescribes: one wording is enough, and it may use <see cref="Placeholders.OfNotices"/>.</summary>
    public bool FixedForm { get; init; }

    /// <summary>Subject of e-mails and letters; may use placeholders.</summary>
    public string? Subject
    {
        get;
        init
        {
            field = value;
            ParsedSubject = value is null ? null : TemplateText.Parse(value);
        }
    }

    /// <summary>At least three, or one of a fixed form; placeholders in double braces, e.g. <c>{{overdue}}</c>.</summary>
    public required IReadOnlyList<string> Wordings
    {
        get;
        init
        {
            field = value;
            ParsedWordings = [.. value.Select(TemplateText.Parse)];
        }
    }

    /// <summary>Whether any wording uses a placeholder.</summary>
    public bool Says(string placeholder) => ParsedWordings.Any(text => text.PlaceholderNames.Contains(placeholder));

    internal TemplateText? ParsedSubject { get; private init; }

    internal TemplateText[] ParsedWordings { get; private init; } = [];
}

/// <summary>A message ready to send. Personal data: it lives in the borrower store, its hash in the fact (S25).</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Language">The template's language.</param>
/// <param name="Wording">Which wording, from 0.</param>
/// <param name="Subject">Subject of e-mails and letters.</param>
/// <param name="Text">The text.</param>
/// <param name="Segments">Parts the SMS is sent in; 1 for other channels.</param>
public sealed record RenderedMessage(string Template, string Language, int Wording, string? Subject, string Text, int Segments);

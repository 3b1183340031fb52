namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>A wording cut into literal text and placeholders, once, when the template is made: rendering only joins.</summary>
internal sealed class TemplateText
{
    private TemplateText(IReadOnlyList<Part> parts, IReadOnlyList<TemplateFault> faults) => (Parts, Faults) = (parts, faults);

    internal IReadOnlyList<Part> Parts { get; }

    /// <summary>What is wrong with the text; a text with faults is never rendered.</summary>
    internal IReadOnlyList<TemplateFault> Faults { get; }

    internal IEnumerable<string> PlaceholderNames => Parts.Where(part => part.IsPlaceholder).Select(part => part.Text);

    internal static TemplateText Parse(string text)
    {
        var parts = new List<Part>();
        var faults = new List<TemplateFault>();
        var start = 0;
        while (start < text.Length)
        {
            var brace = text.AsSpan(start).IndexOfAny('{', '}');
            if (brace < 0) break;
            brace += start;
            var close = Opens(text, brace) ? text.AsSpan(brace + 2).IndexOfAny('{', '}') + brace + 2 : -1;
            if (close < brace + 2 || !Closes(text, close))
            {
                faults.Add(new TemplateFault(brace + 1, $"unbalanced '{text[brace]}' at character {brace + 1}", "placeholders as {{name}} and no other braces"));
                parts.Add(new Part(text[start..(brace + 1)], IsPlaceholder: false));
                start = brace + 1;
                continue;
            }

            if (brace > start) parts.Add(new Part(text[start..brace], IsPlaceholder: false));
            var name = text[(brace + 2)..close];
            if (!Placeholders.IsKnown(name))
                faults.Add(new TemplateFault(brace + 1, $"unknown placeholder '{name}' at character {brace + 1}", $"one of {string.Join(", ", Placeholders.Known)}"));
            parts.Add(new Part(name, IsPlaceholder: true));
            start = close + 2;
        }

        if (start < text.Length) parts.Add(new Part(text[start..], IsPlaceholder: false));
        return new TemplateText(parts, faults);
    }

    internal string Render(IReadOnlyDictionary<string, string> values)
    {
        var pieces = new string[Parts.Count];
        for (var index = 0; index < pieces.Length; index++)
        {
            var part = Parts[index];
            pieces[index] = part.IsPlaceholder ? values[part.Text] : part.Text;
        }

        return string.Concat(pieces);
    }

    private static bool Opens(string text, int at) => at + 1 < text.Length && text[at] == '{' && text[at + 1] == '{';

    private static bool Closes(string text, int at) => at + 1 < text.Length && text[at] == '}' && text[at + 1] == '}';

    internal readonly record struct Part(string Text, bool IsPlaceholder);
}

/// <summary>A fault of a wording.</summary>
/// <param name="Position">The character at which it begins, 1 for the first.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
internal sealed record TemplateFault(int Position, string Problem, string Expected);

namespace CollectionsFlows.Application.Commands;

/// <summary>How the words of a message that a person wrote are kept with the borrower until they go out (S25): a line with the subject, the text, a line with the reason.</summary>
public static class ComposedText
{
    private const string SubjectLine = "Subject: ";
    private const string ReasonLine = "\nReason: ";

    /// <summary>As it is stored; whoever stores it adds the reason on a line of its own.</summary>
    public static string Write(string? subject, string text) => $"{SubjectLine}{OneLine(subject ?? "")}\n{text}";

    /// <summary>The words again.</summary>
    public static ContentDraft Read(string stored)
    {
        var end = stored.LastIndexOf(ReasonLine, StringComparison.Ordinal);
        var words = end < 0 ? stored : stored[..end];
        var line = words.IndexOf('\n', StringComparison.Ordinal);
        if (!words.StartsWith(SubjectLine, StringComparison.Ordinal) || line < 0)
            return new ContentDraft(words, IsComposed: true);
        var subject = words[SubjectLine.Length..line];
        return new ContentDraft(words[(line + 1)..], subject.Length == 0 ? null : subject, IsComposed: true);
    }

    /// <summary>A subject or reason without line breaks.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

namespace CollectionsFlows.Core.Contact;

/// <summary>Decides whether a borrower takes an opt-out from texts back. Only the words carriers know, alone: a consent is never guessed.</summary>
public static class OptInWords
{
    /// <summary>Whether the text is START or UNSTOP and nothing else.</summary>
    public static bool IsOptIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.AsSpan().Trim(" \t\r\n.!\"'");
        return word.Equals("START", StringComparison.OrdinalIgnoreCase) || word.Equals("UNSTOP", StringComparison.OrdinalIgnoreCase);
    }
}

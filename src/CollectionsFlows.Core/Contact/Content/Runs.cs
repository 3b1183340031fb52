namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Finds stretches of a text: plain scanning, linear whatever the text.</summary>
internal static class Runs
{
    /// <summary>The longest stretches of characters that belong, and where each begins, from 0.</summary>
    public static IEnumerable<(string Run, int At)> In(string text, Func<char, bool> belongs)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var from = at;
            while (at < text.Length && belongs(text[at]))
                at++;
            if (at > from)
                yield return (text[from..at], from);
        }
    }
}

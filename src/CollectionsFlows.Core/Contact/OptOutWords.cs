using System.Text;

namespace CollectionsFlows.Core.Contact;

/// <summary>Decides whether a borrower's words ask for contact to stop (<c>OPT-OUT</c>; 47 CFR 64.1200, 12 CFR 1006.6(e)).</summary>
/// <remarks>
/// The listed words (stop, quit, end, revoke, opt out, cancel, unsubscribe, 退订, TD, T) count in any case with anything but words around
/// them; wordings a reasonable person would read so ("please remove me", "no more texts", "不要再发了") count anywhere in a message, and so does
/// a wrong number: whoever answers is not the debtor. Quoted lines of an e-mail do not count, they are our own words.
/// When in doubt the answer is yes: a message too few can be repaired, one too many is a violation. The limits: it knows English, Chinese and
/// the common words of Spanish, and phrases, not grammar. Irony, other languages and unheard-of wordings pass as no, so people still read
/// replies; "stop" as a place or an inability ("I can't stop by the bank") is told apart only in the usual wordings.
/// </remarks>
public static class OptOutWords
{
    /// <summary>Whether the text is an opt-out.</summary>
    public static bool IsOptOut(string text)
    {
        var own = WithoutMeantOtherwise(Plain(WithoutQuotes(text)));
        return IsChinese(own) || SaysPhrase(own) || SentencesOf(own).Any(IsSentence) || IsSpelled(own);
    }

    /// <summary>Lower case, full-width letters as plain ones, no apostrophes; everything but letters and digits is a space, or a full stop where a sentence ends.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;
            if (Rune.IsLetterOrDigit(value))
                plain.Append(Rune.ToLowerInvariant(value));
            else if (value.Value is '\'' or '’' or '‘' or '`' or 0x200B or 0x200D or 0xFE0F)
                continue;
            else
                plain.Append(value.Value is '.' or '!' or '?' or ';' or ',' or ':' or '\n' or '。' or '，' or '、' ? " . " : " ");
        }

        return plain.Append(' ').ToString();
    }

    /// <summary>An e-mail's quoted original, with our own opt-out line in it, is not what the borrower says.</summary>
    private static string WithoutQuotes(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
            return text;
        var own = text.Split('\n').Select(line => line.Trim())
            .TakeWhile(line => !line.StartsWith("-----Original Message", StringComparison.OrdinalIgnoreCase)
                && !(line.StartsWith("On ", StringComparison.Ordinal) && line.EndsWith("wrote:", StringComparison.Ordinal))
                && !line.EndsWith("写道：", StringComparison.Ordinal))
            .Where(line => !line.StartsWith('>'));
        return string.Join('\n', own);
    }

    private static string WithoutMeantOtherwise(string plain)
    {
        plain = string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var phrase in OptOutVocabulary.NotMeant)
            plain = plain.Replace(phrase, "*", StringComparison.Ordinal);
        return plain;
    }

    private static bool IsChinese(string plain)
    {
        var joined = plain.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return OptOutVocabulary.ChineseAlone.Contains(joined)
            || (joined.StartsWith("td", StringComparison.Ordinal) && joined.Length > 2 && joined[2] > 0x2E80)
            || OptOutVocabulary.ChinesePhrases.Any(phrase => joined.Contains(phrase, StringComparison.Ordinal));
    }

    private static bool SaysPhrase(string plain)
    {
        var padded = $" {plain} ";
        return OptOutVocabulary.Phrases.Any(phrase => padded.Contains($" {phrase} ", StringComparison.Ordinal));
    }

    /// <summary>"S T O P".</summary>
    private static bool IsSpelled(string plain) =>
        plain.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 2 } letters
        && letters.All(letter => letter.Length == 1)
        && OptOutVocabulary.Keywords.Contains(string.Concat(letters));

    private static IEnumerable<string[]> SentencesOf(string plain) =>
        plain.Split('.').Select(sentence => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Corrected).ToArray()).Where(words => words.Length > 0);

    /// <summary>"stoppp", "unsubcribe".</summary>
    private static string Corrected(string word) => word switch
    {
        _ when word.StartsWith("stopp", StringComparison.Ordinal) && word.TrimEnd('p') == "sto" => "stop",
        _ when word.StartsWith("unsub", StringComparison.Ordinal) || word.StartsWith("unsus", StringComparison.Ordinal) => "unsubscribe",
        _ => word,
    };

    private static bool IsSentence(string[] words) =>
        IsKeywordAmongFillers(words) || words.Contains("unsubscribe") || IsLeadingStop(words) || IsFinalStop(words)
        || Enumerable.Range(0, words.Length).Any(i => IsStopContacting(words, i) || IsDoNotContact(words, i) || IsUnwanted(words, i));

    private static bool IsKeywordAmongFillers(string[] words) =>
        words.Any(OptOutVocabulary.Keywords.Contains)
        && words.All(word => OptOutVocabulary.Keywords.Contains(word) || OptOutVocabulary.Fillers.Contains(word));

    /// <summary>"STOP I have paid already".</summary>
    private static bool IsLeadingStop(string[] words) =>
        words.SkipWhile(word => word != "stop" && OptOutVocabulary.Fillers.Contains(word)).ToArray() is ["stop", var next, ..] && !OptOutVocabulary.OtherObjects.Contains(next);

    /// <summary>"I told your office twice to stop".</summary>
    private static bool IsFinalStop(string[] words) => words is [.., var before, "stop"] && !OptOutVocabulary.OtherStops.Contains(before);

    /// <summary>"stop with the texts", "quit calling my phone".</summary>
    private static bool IsStopContacting(string[] words, int i) =>
        words[i] is "stop" or "quit" or "cease" or "discontinue"
        && (i == 0 || !OptOutVocabulary.OtherStops.Contains(words[i - 1]))
        && words.Skip(i + 1).Take(3).TakeWhile(word => word != "by").Any(OptOutVocabulary.Contacting.Contains);

    /// <summary>"do not ever call me", "don't text", "never contact us again".</summary>
    private static bool IsDoNotContact(string[] words, int i) =>
        (words[i] is "dont" or "never" || (words[i] == "not" && i > 0 && words[i - 1] == "do"))
        && words.Skip(i + 1).SkipWhile(word => word is "ever" or "please" or "you" or "u" or "keep" or "dare" or "again").FirstOrDefault() is { } verb
        && OptOutVocabulary.ContactVerbs.Contains(verb);

    /// <summary>"I don't want any more messages", "no more calls", "do not wish to hear from you".</summary>
    private static bool IsUnwanted(string[] words, int i) =>
        (words[i] is "want" or "wish" or "need" && i > 0 && words[i - 1] is "dont" or "not" or "longer"
            && words.Skip(i + 1).Take(5).Any(word => OptOutVocabulary.Unwanted.Contains(word)))
        || (words[i] == "more" && i > 0 && words[i - 1] == "no" && words.Skip(i + 1).Take(2).Any(OptOutVocabulary.Unwanted.Contains));
}

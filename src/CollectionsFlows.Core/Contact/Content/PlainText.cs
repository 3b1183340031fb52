using System.Text;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>A text as the tokens that matter: words of letters and digits, and Chinese characters one by one.</summary>
internal sealed class PlainText
{
    private readonly List<Token> tokens = [];
    private HashSet<string>? words;
    private HashSet<char>? firsts;

    private PlainText()
    {
    }

    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>Its words, each once.</summary>
    public IReadOnlyCollection<string> Words => words ??= tokens.Select(token => token.Word).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a word begins with a character.</summary>
    public bool HasWordFrom(char first) => (firsts ??= tokens.Select(token => token.Word[0]).ToHashSet()).Contains(first);

    /// <summary>Whether it reads the same as another.</summary>
    public bool IsSame(PlainText other) => tokens.SequenceEqual(other.tokens);

    /// <summary>As it is written.</summary>
    public static PlainText Of(string text) => Read(text, undisguise: false);

    /// <summary>As it is meant by somebody who hides words: <c>1d10t</c>, <c>ar-rest</c>, <c>i d i o t</c>, look-alikes of other alphabets.</summary>
    public static PlainText Undisguised(string text) => Read(text, undisguise: true).WithSpelledWords();

    private static PlainText Read(string text, bool undisguise)
    {
        var plain = new PlainText();
        var word = new StringBuilder();
        var (start, sentence) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var character = Characters.Plain(text[at]);
            if (character == '\0')
                continue;
            if (undisguise)
                character = Characters.LookAlike(character);
            if (Characters.IsIdeograph(character))
            {
                plain.Add(word, start, sentence, undisguise);
                plain.tokens.Add(new Token(character.ToString(), at, sentence));
            }
            else if (char.IsLetterOrDigit(character) || (undisguise && Characters.IsMask(character) && IsInside(text, at)))
            {
                start = word.Length == 0 ? at : start;
                word.Append(character);
            }
            else if (!(undisguise && IsInside(text, at)))
            {
                plain.Add(word, start, sentence, undisguise);
                sentence += EndsSentence(text, at, character) ? 1 : 0;
            }
        }

        plain.Add(word, start, sentence, undisguise);
        return plain;
    }

    private void Add(StringBuilder word, int start, int sentence, bool undisguise)
    {
        if (word.Length == 0)
            return;
        var written = word.ToString();
        word.Clear();
        // Numbers and codes are no words in disguise: something must be a letter.
        if (undisguise && written.Any(char.IsAsciiLetter))
            written = string.Create(written.Length, written, (span, from) =>
            {
                for (var at = 0; at < span.Length; at++)
                    span[at] = Characters.Unmasked(from[at]);
            });
        tokens.Add(new Token(written, start, sentence));
    }

    /// <summary>One sign that touches a letter or digit on both sides, or begins a word.</summary>
    private static bool IsInside(string text, int at) =>
        at + 1 < text.Length && !char.IsWhiteSpace(text[at]) && char.IsLetterOrDigit(text[at + 1])
        && (at == 0 ? Characters.IsMask(text[at]) : char.IsLetterOrDigit(text[at - 1]) || (Characters.IsMask(text[at]) && (text[at - 1] == ' ' || Characters.IsMask(text[at - 1]))));

    private static bool EndsSentence(string text, int at, char character) => character switch
    {
        '。' or '!' or '?' or ';' => true,
        '.' => at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]),
        _ => false,
    };

    /// <summary>Three single letters and more in a row are one word, spelled.</summary>
    private PlainText WithSpelledWords()
    {
        for (var from = 0; from < tokens.Count; from++)
        {
            var to = from;
            while (to < tokens.Count && tokens[to].Word is [>= 'a' and <= 'z'] && (to == from || tokens[to].At - tokens[to - 1].At <= 3))
                to++;
            if (to - from < 3)
                continue;
            tokens[from] = tokens[from] with { Word = string.Concat(tokens.Skip(from).Take(to - from).Select(token => token.Word)) };
            tokens.RemoveRange(from + 1, to - from - 1);
        }

        return this;
    }
}

/// <summary>A word or a Chinese character.</summary>
/// <param name="Word">In lower case.</param>
/// <param name="At">Where it begins in the text, from 0.</param>
/// <param name="Sentence">Which sentence it stands in.</param>
internal readonly record struct Token(string Word, int At, int Sentence);

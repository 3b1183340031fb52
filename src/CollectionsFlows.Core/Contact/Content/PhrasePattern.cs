namespace CollectionsFlows.Core.Contact.Content;

/// <summary>A phrase of a list, ready to be looked for.</summary>
internal sealed class PhrasePattern
{
    // A gap spans eight Chinese characters or four words.
    private const int WidestGap = 8;

    private readonly Node[] whole;

    private PhrasePattern(string phrase, Node[] nodes) => (Phrase, whole) = (phrase, nodes);

    /// <summary>As the list writes it.</summary>
    public string Phrase { get; }

    /// <summary>The characters a match can begin with.</summary>
    public IEnumerable<char> Firsts => FirstsOf(whole, 0).Distinct();

    /// <summary>A phrase of a list as a person would say it: the first of each choice.</summary>
    public static string Spoken(string phrase)
    {
        var said = new System.Text.StringBuilder();
        for (var at = 0; at < phrase.Length; at++)
        {
            if (phrase[at] == '|')
            {
                // The rest of the choice is what else could be said.
                for (var depth = 0; at < phrase.Length && !(phrase[at] == '}' && depth == 0); at++)
                    depth += phrase[at] switch { '{' => 1, '}' => -1, _ => 0 };
            }
            else if (phrase[at] is not ('{' or '}' or '*'))
            {
                said.Append(phrase[at]);
            }
        }

        return said.ToString();
    }

    /// <summary>Words of which a text has one wherever the phrase is; a null word: there is no saying.</summary>
    public IEnumerable<(string? Word, bool IsPrefix)> LastWords => whole[^1] switch
    {
        Node.Word word => [(word.Text, word.IsPrefix)],
        Node.Choice choice => choice.Options.Select(option => option is [Node.Word word, ..] ? ((string?)word.Text, word.IsPrefix) : (null, false)),
        _ => [(null, false)],
    };

    /// <summary>Reads a phrase as <see cref="ContentGroup"/> describes it.</summary>
    /// <exception cref="FormatException">Braces are unbalanced, or it does not begin and end with a word.</exception>
    public static PhrasePattern Of(string phrase)
    {
        var at = 0;
        var choices = Choices(phrase, ref at, depth: 0);
        var nodes = choices.Count == 1 ? choices[0] : throw new FormatException($"'{phrase}' offers a choice outside braces.");
        return nodes.Length == 0 || nodes[0] is Node.Gap || nodes[^1] is Node.Gap
            ? throw new FormatException($"'{phrase}' must begin and end with a word.")
            : new PhrasePattern(phrase, nodes);
    }

    /// <summary>The token after the match that begins at a token; null when none does.</summary>
    public int? EndAt(IReadOnlyList<Token> tokens, int start) => End(tokens, start, whole, 0, null, tokens[start].Sentence);

    // Matches nodes from an index on, then what is left outside the choice they stand in.
    private static int? End(IReadOnlyList<Token> tokens, int at, Node[] nodes, int index, Outside? outside, int sentence)
    {
        if (index == nodes.Length)
            return outside is null ? at : End(tokens, at, outside.Nodes, outside.Index, outside.Next, sentence);
        switch (nodes[index])
        {
            case Node.Word word:
                return at < tokens.Count && tokens[at].Sentence == sentence && word.Is(tokens[at].Word) ? End(tokens, at + 1, nodes, index + 1, outside, sentence) : null;
            case Node.Choice choice:
                var after = new Outside(nodes, index + 1, outside);
                foreach (var option in choice.Options)
                {
                    if (End(tokens, at, option, 0, after, sentence) is { } end)
                        return end;
                }

                return null;
            default:
                return AfterGap(tokens, at, nodes, index + 1, outside, sentence);
        }
    }

    private static int? AfterGap(IReadOnlyList<Token> tokens, int at, Node[] nodes, int index, Outside? outside, int sentence)
    {
        for (var width = 0; width <= WidestGap && at < tokens.Count && tokens[at].Sentence == sentence; at++)
        {
            if (End(tokens, at, nodes, index, outside, sentence) is { } end)
                return end;
            width += Characters.IsIdeograph(tokens[at].Word[0]) ? 1 : 2;
        }

        return null;
    }

    private static IEnumerable<char> FirstsOf(Node[] nodes, int index) => index == nodes.Length
        ? []
        : nodes[index] switch
        {
            Node.Word word => [word.Text[0]],
            Node.Choice choice => choice.Options.SelectMany(option => option.Length == 0 ? FirstsOf(nodes, index + 1) : FirstsOf(option, 0)),
            _ => [],
        };

    /// <summary>Reads to the brace that closes, or to the end.</summary>
    private static List<Node[]> Choices(string phrase, ref int at, int depth)
    {
        var choices = new List<Node[]>();
        var nodes = new List<Node>();
        while (true)
        {
            var character = at < phrase.Length ? phrase[at] : '\0';
            if (character is '\0' or '}' or '|')
            {
                choices.Add([.. nodes]);
                nodes.Clear();
                if (character != '|')
                {
                    if ((character == '}') != (depth > 0))
                        throw new FormatException($"'{phrase}' has unbalanced braces.");
                    return choices;
                }
            }

            if (character == '{')
            {
                at++;
                nodes.Add(new Node.Choice(Choices(phrase, ref at, depth + 1)));
            }
            else if (Simple(phrase, ref at) is { } node)
            {
                nodes.Add(node);
                continue;
            }

            at++;
        }
    }

    /// <summary>A gap or word at this place, which moves past it; null for signs, which are nothing.</summary>
    private static Node? Simple(string phrase, ref int at)
    {
        var first = Characters.Plain(phrase[at]);
        if (first != '…' && !char.IsLetterOrDigit(first))
            return null;
        var from = at++;
        if (first == '…')
            return new Node.Gap();
        if (Characters.IsIdeograph(first))
            return new Node.Word(first.ToString(), IsPrefix: false);
        while (at < phrase.Length && Characters.Plain(phrase[at]) is var next && (next == '\0' || (char.IsLetterOrDigit(next) && !Characters.IsIdeograph(next))))
            at++;
        var word = string.Concat(phrase[from..at].Select(Characters.Plain).Where(character => character != '\0'));
        var isPrefix = at < phrase.Length && phrase[at] == '*';
        at += isPrefix ? 1 : 0;
        return new Node.Word(word, isPrefix);
    }

    private abstract record Node
    {
        private Node()
        {
        }

        public sealed record Word(string Text, bool IsPrefix) : Node
        {
            public bool Is(string word) => IsPrefix ? word.StartsWith(Text, StringComparison.Ordinal) : word == Text;
        }

        public sealed record Choice(IReadOnlyList<Node[]> Options) : Node;

        public sealed record Gap : Node;
    }

    /// <summary>What is left to be matched after a choice.</summary>
    private sealed record Outside(Node[] Nodes, int Index, Outside? Next);
}

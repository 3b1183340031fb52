using System.Globalization;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Judges what a written message says (regulation.md, "Content of a message"). Pure: the same message and lists give the same findings.</summary>
/// <remarks>
/// It knows phrases, not grammar: it finds the usual wordings of what may never be said, and misses unusual ones, so it does not
/// replace reading. What it finds is an error: the message does not go out.
/// </remarks>
public static class ContentLint
{
    /// <summary>The rule of a demand where only care is due (S2).</summary>
    public const string Demanding = "CONTENT-CARE";

    /// <summary>The rule of a text that repeats the last SMS (S14).</summary>
    public const string Repeated = "HOUSE-VARY";

    /// <summary>Everything wrong with a message, in the order of the lists; empty when it may go out.</summary>
    public static IReadOnlyList<ContentFinding> Check(MessageContent message, ContentRules rules)
    {
        var findings = new List<ContentFinding>();
        var parts = Parts(message, rules);
        foreach (var list in rules.Prepared)
        {
            if (!list.List.Binds.Covers(message))
                continue;
            findings.AddRange(list.List.Kind switch
            {
                ContentKind.Required => Missing(list, parts, message.Expected),
                ContentKind.Domains => Linked(list, parts),
                _ => parts.SelectMany(part => Said(list, part, message.Expected)),
            });
        }

        if (message.IsTooEarly)
            findings.Add(new ContentFinding(Demanding, "text", "asks for money while nothing is overdue", "a message of care (S2)"));
        if (message is { Channel: Channel.Sms, TextSha256: { } text } && text == message.PreviousSmsSha256)
            findings.Add(new ContentFinding(Repeated, "text", "repeats the last SMS to this borrower word for word", "another wording (S14)"));
        return findings;
    }

    /// <summary>The text with what the lists let the product add by itself: a collector's disclosure, first or later (12 CFR 1006.18(e)).</summary>
    public static string Completed(MessageContent message, ContentRules rules)
    {
        var parts = Parts(message, rules);
        var text = message.Text;
        foreach (var list in rules.Prepared)
        {
            if (list.List.Kind != ContentKind.Required || !list.List.Binds.Covers(message))
                continue;
            foreach (var group in list.Groups)
            {
                if (group.Group.Adds is { } adds && !IsSaid(group, parts, message.Expected))
                    text = Joined(text, adds, IsChinese(message.Text));
            }
        }

        return text;
    }

    /// <summary>Whether the message is written in Chinese: what is added to it should be too.</summary>
    private static bool IsChinese(string text) => text.Any(Characters.IsIdeograph);

    private static string Joined(string text, IReadOnlyDictionary<string, string> adds, bool chinese)
    {
        var added = chinese && adds.TryGetValue("zh", out var words) ? words : adds["en"];
        return text.Contains(added, StringComparison.Ordinal) ? text : $"{text.TrimEnd()}{(chinese ? "" : " ")}{added}";
    }

    private static List<Part> Parts(MessageContent message, ContentRules rules)
    {
        var parts = new List<Part> { new("text", message.Text, rules.Index) };
        if (!string.IsNullOrEmpty(message.Subject))
            parts.Add(new Part("subject", message.Subject, rules.Index));
        return parts;
    }

    private static IEnumerable<ContentFinding> Missing(PreparedList list, List<Part> parts, ExpectedContent expected) =>
        from grouped in list.Groups
        where !IsSaid(grouped, parts, expected)
        select new ContentFinding(list.List.Rule, "text", $"does not say {grouped.Group.Says}", Wanted(grouped.Group, expected));

    /// <summary>What is said in the subject only is not said: not every reader of the text sees it.</summary>
    private static bool IsSaid(PreparedGroup group, List<Part> parts, ExpectedContent expected) =>
        group.Group.Values.Any(value => QuotedValues.Find(value, parts[0].Text, expected) is not null) || group.Phrases.In(parts[0].Plain).Any();

    private static string Wanted(ContentGroup group, ExpectedContent expected)
    {
        var values = group.Values.Select(value => Named(value) + Spelled(value, expected));
        var phrases = group.Phrases.Take(3).Select(phrase => $"'{PhrasePattern.Spoken(phrase)}'");
        return string.Join(" or ", values.Concat(phrases));
    }

    /// <summary>What the writer is to write; of the borrower nothing: findings may be logged (S25).</summary>
    private static string Spelled(ContentValue value, ExpectedContent expected) => value switch
    {
        ContentValue.LenderName => $" ({expected.LenderName})",
        ContentValue.ServicePhone => $" ({expected.ServicePhone})",
        ContentValue.PaymentLink => $" ({expected.PaymentLink})",
        ContentValue.Amount when expected.Amounts.Any(amount => amount > 0) =>
            $" ({string.Join(", ", expected.Amounts.Where(amount => amount > 0).Distinct().Select(amount => amount.ToString("0.00", CultureInfo.InvariantCulture)))})",
        _ => "",
    };

    private static string Named(ContentValue value) => value switch
    {
        ContentValue.LenderName => "the lender's name",
        ContentValue.ServicePhone => "the service number",
        ContentValue.PaymentLink => "the payment link",
        ContentValue.BorrowerName => "the borrower's name",
        _ => "the amount",
    };

    private static IEnumerable<ContentFinding> Said(PreparedList list, Part part, ExpectedContent expected)
    {
        foreach (var group in list.Groups)
        {
            foreach (var match in part.Readings.SelectMany(reading => Unexcused(group, reading)).DistinctBy(match => match.At).OrderBy(match => match.At))
                yield return Found(list, group, part, $"'{PhrasePattern.Spoken(match.Phrase)}' (or a wording like it)", match.At);
            foreach (var value in group.Group.Values)
            {
                if (QuotedValues.Find(value, part.Text, expected) is { } at)
                    yield return Found(list, group, part, value == ContentValue.AnyMoney ? "a sum of money" : Named(value), at);
            }
        }
    }

    private static IEnumerable<PhraseMatch> Unexcused(PreparedGroup group, IndexedText text)
    {
        var matches = group.Phrases.In(text).DistinctBy(match => match.End).ToList();
        if (matches.Count == 0 || group.Group.Unless.Count == 0)
            return matches;
        // The word that weighs comes last, what takes it back may stand inside: "you cannot go to jail".
        var excuses = group.Unless.In(text).ToList();
        return matches.Where(match => !excuses.Exists(excuse => excuse.Start < match.End && match.End <= excuse.End));
    }

    private static ContentFinding Found(PreparedList list, PreparedGroup group, Part part, string what, int at) =>
        new(list.List.Rule, part.Name, $"{what} at character {at + 1} is {group.Group.Says}", $"a text without it ({list.List.Title})", at + 1);

    private static IEnumerable<ContentFinding> Linked(PreparedList list, List<Part> parts)
    {
        foreach (var part in parts)
        {
            foreach (var (host, at) in Links.HostsIn(part.Text))
            {
                foreach (var group in list.List.Groups)
                {
                    if (group.Phrases.FirstOrDefault(domain => Links.IsIn(host, domain)) is { } domain)
                        yield return new ContentFinding(list.List.Rule, part.Name, $"a link to {domain} at character {at + 1} is {group.Says}", "a link to the lender's own site", at + 1);
                }
            }
        }
    }

    private sealed class Part(string name, string text, PhraseIndex index)
    {
        private IndexedText? plain;
        private IReadOnlyList<IndexedText>? readings;

        public string Name => name;

        public string Text => text;

        public IndexedText Plain => plain ??= index.Of(PlainText.Of(text));

        /// <summary>As written and, where that differs, as meant by somebody who hides words.</summary>
        public IReadOnlyList<IndexedText> Readings =>
            readings ??= PlainText.Undisguised(text) is var undisguised && undisguised.IsSame(Plain.Plain) ? [Plain] : [Plain, index.Of(undisguised)];
    }
}

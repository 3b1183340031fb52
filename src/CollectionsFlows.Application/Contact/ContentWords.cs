using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact.Content;

namespace CollectionsFlows.Application.Contact;

/// <summary>Says in plain English what a content list asks of messages.</summary>
public static class ContentWords
{
    /// <summary>A list explained to a person, line by line.</summary>
    public static IEnumerable<string> Explain(ContentList list)
    {
        yield return $"{list.Rule}, content list {list.Id}";
        yield return $"  {list.Title}";
        yield return $"  source:     {list.Source}";
        yield return $"  as of:      {Words.Date(list.AsOf)}";
        yield return $"  status:     {(list.Status == "T" ? "T, the primary text was read" : "S, from a secondary source")}";
        yield return $"  binds:      {Binds(list.Binds)}";
        foreach (var group in list.Groups)
            yield return $"  {Asks(list.Kind, group)}";
    }

    /// <summary>Which messages a list binds, in words.</summary>
    public static string Binds(ContentScope scope)
    {
        string?[] parts =
        [
            Named("in", scope.Jurisdictions), scope.Role is { } role ? $"by a {Words.Name(role)}" : null, Named("by", scope.Channels?.Select(each => Words.Name(each))),
            Named("for", scope.Purposes?.Select(each => Words.Name(each))), Named("to the", scope.Recipients?.Select(each => Words.Name(each))),
            scope.First switch { true => "the first about a debt", false => "all but the first about a debt", _ => null },
            scope.TimeBarred == true ? "about a time-barred debt" : null,
        ];
        return parts.OfType<string>().ToList() is { Count: > 0 } said ? $"messages {string.Join(", ", said)}" : "every message";
    }

    private static string? Named(string how, IEnumerable<string>? names) => names is null ? null : $"{how} {string.Join(" or ", names)}";

    private static string Asks(ContentKind kind, ContentGroup group)
    {
        var values = group.Values.Select(value => $"the message's own {Words.Name(value)}");
        var examples = string.Join(", ", values.Concat(group.Phrases.Take(6).Select(phrase => $"'{phrase}'")));
        var more = group.Phrases.Count > 6 ? $" and {group.Phrases.Count - 6} more" : "";
        var unless = group.Unless.Count > 0 ? $"; harmless inside {Words.Count(group.Unless.Count, "other wording")}" : "";
        return kind switch
        {
            ContentKind.Required => $"must say:   {group.Says}: {examples}{more}{(group.Adds is null ? "" : " (added by itself where it is missing)")}",
            ContentKind.Domains => $"no link to: {group.Says}: {examples}{more}",
            _ => $"never:      {group.Says}: {examples}{more}{unless}",
        };
    }
}

using CollectionsFlows.Application.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>Files a lender might write.</summary>
internal static class LenderRules
{
    public const string Override = ""","override":{"by":"A. Example","reason":"pilot"}""";

    public static string Pack(string id, string rules, int version = 1, string? supersedes = null) =>
        $$"""{"id":"{{id}}","title":"Ours","version":{{version}},"supersedes":"{{supersedes ?? id + "@1"}}","asOf":"2026-05-01","rules":[{{rules}}]}""";

    /// <summary>The night of CN-NIGHT, from and until full hours.</summary>
    public static string Night(int from, int to, string more = "") =>
        $$"""{"$type":"local-hours","id":"CN-NIGHT","title":"t","source":"s","neverAnswer":true,"agreedFlag":"night-agreed","weekdays":{"from":"{{from:00}}:00:00","to":"{{to:00}}:00:00","toInside":false},"weekends":{"from":"{{from:00}}:00:00","to":"{{to:00}}:00:00","toInside":false}{{more}}}""";

    /// <summary>A shipped calendar as a lender would copy it, changed.</summary>
    public static string Calendar(string id, string from, string to, int version = 1)
    {
        var file = PackCatalogue.Shipped().CalendarFiles[id];
        var text = PackFile.Write(file with { Version = version, Supersedes = $"{id}@{file.Version}" });
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Text.Json;

namespace CollectionsFlows.Application.Contact;

/// <summary>One value of a case file with its JSON path, so that every complaint says where it is and what was expected.</summary>
/// <param name="Json">The value.</param>
/// <param name="Path">E.g. <c>$[3].history[0]</c>.</param>
internal readonly record struct CaseElement(JsonElement Json, string Path)
{
    /// <summary>A member; null when it is absent or JSON null.</summary>
    public CaseElement? Member(string name)
    {
        if (Json.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        return Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new(value, $"{Path}.{name}") : null;
    }

    /// <summary>A member that must be there.</summary>
    public CaseElement Required(string name) => Member(name) ?? throw new FormatException($"{Path}: expected a member '{name}'.");

    /// <summary>The items of a member that is an array; none when it is absent.</summary>
    public IEnumerable<CaseElement> Items(string name) => Member(name)?.Items() ?? [];

    /// <summary>The items of an array.</summary>
    public IEnumerable<CaseElement> Items()
    {
        if (Json.ValueKind != JsonValueKind.Array)
            throw Wrong("an array");
        return Enumerate(this);

        static IEnumerable<CaseElement> Enumerate(CaseElement array)
        {
            var index = 0;
            foreach (var item in array.Json.EnumerateArray())
                yield return new(item, $"{array.Path}[{index++}]");
        }
    }

    public string Text()
    {
        try
        {
            return Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Wrong("a string");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("text; the string has half a surrogate pair"); // JSON, and no text.
        }
    }

    public bool Flag() => Json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw Wrong("true or false") };

    public int Number() => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out var number) ? number : throw Wrong("a whole number");

    /// <summary>An instant with its offset.</summary>
    public DateTimeOffset Instant()
    {
        // Without an offset the text would be read in the machine's own zone.
        var text = Text();
        var hasOffset = text.EndsWith('Z') || (text.LastIndexOfAny(['+', '-']) is var sign && sign > text.IndexOf('T', StringComparison.Ordinal) && text.Contains('T', StringComparison.Ordinal));
        return hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && IsInRange(instant.Year)
            ? instant
            : throw Wrong("an instant with an offset, from 1900 to 2200, like 2026-03-03T10:59:00-05:00");
    }

    public DateOnly Date() => DateOnly.TryParseExact(Text(), "yyyy-MM-dd", out var date) && IsInRange(date.Year) ? date : throw Wrong("a date from 1900 to 2200, like 2026-03-03");

    // Windows and time zones reach beyond an instant: at either end of time there is nothing to reach.
    private static bool IsInRange(int year) => year is >= 1900 and <= 2200;

    public TimeOnly Time() => TimeOnly.TryParseExact(Text(), ["HH:mm", "HH:mm:ss"], out var time) ? time : throw Wrong("a time of day, like 21:00");

    /// <summary>An enum value by its name in the contract: <c>no-answer</c> is <c>NoAnswer</c>.</summary>
    public T Word<T>()
        where T : struct, Enum
    {
        var text = Text();
        return Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text.FirstOrDefault())
            ? value
            : throw Wrong("one of " + string.Join(", ", Enum.GetNames<T>().Select(Kebab)));
    }

    public FormatException Wrong(string expected) => new($"{Path}: expected {expected}.");

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}

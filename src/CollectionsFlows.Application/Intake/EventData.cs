using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads the fields of one JSON object of an event and collects everything wrong with them, each with its JSON path.</summary>
/// <remarks>After an error a reader goes on with a stand-in value, so that one answer names all errors; nothing read this way is used.</remarks>
internal sealed class EventData
{
    public const int MaxTextLength = 20_000;

    private static readonly DateOnly StandInDate = new(2000, 1, 1);

    private readonly JsonElement json;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly Action<string, string> report;

    public EventData(JsonElement json, string path, Action<string, string> report) => (this.json, Path, this.report) = (json, path, report);

    public string Path { get; }

    public JsonElement Json => json;

    /// <summary>An id or code: printable, not longer than <paramref name="max"/>.</summary>
    public string Id(string name, int max = 200)
    {
        if (Optional(name, JsonValueKind.String) is not { } value)
            return Missing(name, $"expected 1 to {max} printable characters");
        if (FieldChecks.Name(value.GetString(), max) is { } problem)
            Report(name, problem);
        return value.GetString()!;
    }

    public string? OptionalId(string name, int max = 200) => Has(name) ? Id(name, max) : null;

    /// <summary>Words: anything, up to a length.</summary>
    public string Text(string name) => OptionalText(name) ?? Missing(name, "expected a text");

    public string? OptionalText(string name)
    {
        var text = Optional(name, JsonValueKind.String)?.GetString();
        if (text?.Length > MaxTextLength)
            Report(name, $"{text.Length} characters long; expected at most {MaxTextLength}");
        return text;
    }

    /// <summary>More than zero, at most two decimals.</summary>
    public decimal Amount(string name, Currency? currency = null)
    {
        if (Optional(name, JsonValueKind.Number) is not { } value)
            return MissingAs(name, "expected an amount such as 120.50", 1m);
        // A writer may spell 1000 as 1000.0000 or 1E+3; it is the value that has at most two decimals.
        if (!decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount))
            Report(name, "the number is out of range");
        else if (amount <= 0m || amount > 9_999_999_999_999.99m)
            Report(name, $"{FieldChecks.Shown(value.GetRawText())}; expected more than zero{(amount > 0m ? " and at most 13 digits before the point" : "")}");
        else if (decimal.Round(amount, 2) != amount)
            Report(name, $"{FieldChecks.Shown(value.GetRawText())} has more than two decimals");
        else if (currency is { } money && money.Round(amount) != amount)
            Report(name, $"{FieldChecks.Shown(value.GetRawText())} has decimals, {money} has none");
        return decimal.Round(Math.Clamp(amount, 0.01m, 9_999_999_999_999.99m), 2);
    }

    public Currency Currency(string name)
    {
        var code = Id(name, 10);
        if (code.Length > 0 && FieldChecks.CurrencyCode(code, out _) is { } problem)
            Report(name, problem);
        return Core.Loans.Currency.TryParse(code, out var currency) ? currency : Core.Loans.Currency.Parse("USD");
    }

    public DateOnly Date(string name) => OptionalDate(name) ?? MissingAs(name, "expected a date YYYY-MM-DD", StandInDate);

    public DateOnly? OptionalDate(string name)
    {
        if (Optional(name, JsonValueKind.String) is not { } value)
            return null;
        if (FieldChecks.Date(value.GetString(), out var date) is not { } problem)
            return date;
        Report(name, problem);
        return StandInDate;
    }

    public DateTimeOffset Instant(string name)
    {
        var text = Optional(name, JsonValueKind.String)?.GetString() ?? Missing(name, "expected an instant such as 2026-02-03T10:00:00+08:00");
        var instant = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        if (text.Length > 0 && Instants.Read(text, out instant) is { } problem)
            Report(name, problem);
        return instant;
    }

    public bool Flag(string name)
    {
        if (OptionalFlag(name) is { } flag)
            return flag;
        if (!Has(name))
            Missing(name, "expected true or false");
        return false;
    }

    public bool? OptionalFlag(string name)
    {
        if (Property(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Report(name, $"{OutsideJson.KindOf(value)}; expected true or false");
        return null;
    }

    public int? OptionalCount(string name, int max)
    {
        if (Optional(name, JsonValueKind.Number) is not { } value)
            return null;
        if (value.TryGetInt32(out var count) && count >= 0 && count <= max)
            return count;
        Report(name, $"{FieldChecks.Shown(value.GetRawText())}; expected a whole number from 0 to {max}");
        return 0;
    }

    /// <summary>One of the contract's words, as the enum spells them.</summary>
    public T Choice<T>(string name, JsonTypeInfo<T> shape, params ReadOnlySpan<T> allowed)
        where T : struct, Enum
    {
        var choice = OptionalChoice(name, shape, allowed);
        if (choice is null && !Has(name))
            Missing(name, $"expected {Spelled(shape, allowed)}");
        return choice ?? default;
    }

    public T? OptionalChoice<T>(string name, JsonTypeInfo<T> shape, params ReadOnlySpan<T> allowed)
        where T : struct, Enum
    {
        if (Optional(name, JsonValueKind.String) is not { } value)
            return null;
        foreach (var choice in allowed)
        {
            if (value.ValueEquals(Word(shape, choice)))
                return choice;
        }

        Report(name, $"{FieldChecks.Shown(value.GetString())}; expected {Spelled(shape, allowed)}");
        return null;
    }

    /// <summary>One of some words.</summary>
    public string Word(string name, params ReadOnlySpan<string> allowed)
    {
        var expected = $"expected {string.Join(", ", allowed.ToArray().Select(word => $"'{word}'"))}";
        if (Optional(name, JsonValueKind.String) is not { } value)
            return Missing(name, expected);
        var word = value.GetString()!;
        if (!allowed.Contains(word))
            Report(name, $"{FieldChecks.Shown(word)}; {expected}");
        return word;
    }

    /// <summary>The objects of a list, empty when it is absent or wrong.</summary>
    public List<EventData> Objects(string name, bool atLeastOne)
    {
        var objects = new List<EventData>();
        if (Optional(name, JsonValueKind.Array) is not { } list)
        {
            Missing(name, "expected a list");
            return objects;
        }

        if (atLeastOne && list.GetArrayLength() == 0)
            Report(name, "the list is empty");
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind == JsonValueKind.Object)
                objects.Add(new(item, $"{Path}.{name}[{index}]", report));
            else
                Report($"{name}[{index}]", $"{OutsideJson.KindOf(item)}; expected an object");
        }

        return objects;
    }

    /// <summary>The strings of a list; null when it is absent.</summary>
    public List<string>? OptionalStrings(string name)
    {
        if (Optional(name, JsonValueKind.Array) is not { } list)
            return null;
        foreach (var (index, item) in list.EnumerateArray().Index().Where(entry => entry.Item.ValueKind != JsonValueKind.String))
            Report($"{name}[{index}]", $"{OutsideJson.KindOf(item)}; expected a string");
        return [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
    }

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => Property(name) is not null;

    public void Report(string name, string problem) => report(OutsideJson.Join(Path, name), problem);

    /// <summary>Reports every field nobody asked for: a mistyped optional field must not be dropped silently.</summary>
    public void RefuseUnknown()
    {
        foreach (var property in json.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            var meant = NearestName.To(property.Name, known) is { } near ? $"; is '{near}' meant?" : known.Count == 0 ? "; expected none" : $"; expected {string.Join(", ", known)}";
            report(Path, $"unknown field {FieldChecks.Shown(property.Name)}{meant}");
        }
    }

    private JsonElement? Property(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private JsonElement? Optional(string name, JsonValueKind kind)
    {
        if (Property(name) is not { } value)
            return null;
        if (value.ValueKind == kind)
            return value;
        Report(name, $"{OutsideJson.KindOf(value)}; expected {(kind switch { JsonValueKind.String => "a string", JsonValueKind.Number => "a number", _ => "a list" })}");
        return null;
    }

    private string Missing(string name, string expected) => MissingAs(name, expected, "");

    private T MissingAs<T>(string name, string expected, T standIn)
    {
        // A value of the wrong kind has been reported already.
        if (!Has(name))
            Report(name, $"missing; {expected}");
        return standIn;
    }

    private static string Word<T>(JsonTypeInfo<T> shape, T choice) => JsonSerializer.Serialize(choice, shape).Trim('"');

    private static string Spelled<T>(JsonTypeInfo<T> shape, ReadOnlySpan<T> allowed) =>
        string.Join(", ", allowed.ToArray().Select(choice => $"'{Word(shape, choice)}'"));
}

using System.Text.Json;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>One event in Event Grid's envelope.</summary>
/// <param name="Path">Its JSON path in the body.</param>
/// <param name="Id">Event Grid's id: the same on every retry.</param>
/// <param name="Type">The event type.</param>
/// <param name="At">The event time.</param>
/// <param name="Data">The publisher's data, an object.</param>
internal sealed record GridEvent(string Path, string Id, string Type, DateTimeOffset At, JsonElement Data)
{
    // An event per loan is named by this id and the loan's, and must stay within the 200 characters of event ids.
    private const int MaxIdLength = 99;

    /// <summary>A text of the data; null when it is not there. Publishers have changed the case of their names over time (<c>tag</c>, <c>Tag</c>), so case does not count.</summary>
    public string? Text(string name) => Text(Data, name);

    /// <summary>Reads the envelopes; every error is listed with its path.</summary>
    public static IReadOnlyList<GridEvent> ReadList(JsonElement body, out List<InputError> errors)
    {
        errors = [];
        if (body.ValueKind != JsonValueKind.Array)
        {
            errors.Add(new(null, "$", "expected a list of Event Grid events"));
            return [];
        }

        var events = new List<GridEvent>();
        var index = 0;
        foreach (var json in body.EnumerateArray())
        {
            if (Read(json, $"$[{index++}]", errors) is { } read)
                events.Add(read);
        }

        return events;
    }

    private static GridEvent? Read(JsonElement json, string path, List<InputError> errors)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new(null, path, "expected an Event Grid event object"));
            return null;
        }

        var before = errors.Count;
        var id = Text(json, "id");
        var type = Text(json, "eventType");
        if (id is null or { Length: 0 or > MaxIdLength })
            errors.Add(new(null, $"{path}.id", $"expected a text of 1 to {MaxIdLength} characters"));
        if (type is null or "")
            errors.Add(new(null, $"{path}.eventType", "expected a text"));
        var at = Instant(Text(json, "eventTime"));
        if (at is null)
            errors.Add(new(null, $"{path}.eventTime", "expected an instant"));
        var data = Find(json, "data");
        if (data?.ValueKind != JsonValueKind.Object)
            errors.Add(new(null, $"{path}.data", "expected an object"));
        return errors.Count > before ? null : new(path, id!, type!, at!.Value, data!.Value);
    }

    /// <summary>An instant with an offset (Event Grid writes UTC); null when it is none.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string? Text(JsonElement json, string name) => Find(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Find(JsonElement json, string name)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }
}

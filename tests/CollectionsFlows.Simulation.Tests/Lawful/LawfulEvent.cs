using System.Globalization;
using System.Text.Json;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>An event as its sender wrote it, read without the product's own reader.</summary>
internal sealed record LawfulEvent(JsonElement Json)
{
    public DateTimeOffset At { get; } = Instant(Json.GetProperty("at").GetString()!);

    public string LoanId => Json.GetProperty("loanId").GetString()!;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>A text of its data, or null.</summary>
    public string? Text(string name) => Json.GetProperty("data").TryGetProperty(name, out var value) ? value.GetString() : null;

    public bool Is(string name) => Json.GetProperty("data").TryGetProperty(name, out var value) && value.GetBoolean();

    /// <summary>The objects or strings of a list of its data; none when it is absent.</summary>
    public IEnumerable<JsonElement> List(string name) => Json.GetProperty("data").TryGetProperty(name, out var value) ? value.EnumerateArray() : [];

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static LawfulEvent Of(string id, DateTimeOffset at, string loanId, string type, string data) =>
        new(JsonDocument.Parse($$"""{"id":"{{id}}","at":"{{at:yyyy-MM-dd'T'HH:mm:sszzz}}","loanId":"{{loanId}}","type":"{{type}}","data":{{data}}}""").RootElement);
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>An event as the contract writes it.</summary>
/// <param name="At">When it happened, with the borrower's local offset.</param>
/// <param name="Id">Unique.</param>
/// <param name="LoanId">Whose it is.</param>
/// <param name="Type">E.g. <c>payment.posted</c>.</param>
/// <param name="Json">The whole event as one line of an event file, id and data included.</param>
public sealed record ContractEvent(DateTimeOffset At, string Id, string LoanId, string Type, string Json)
{
    /// <summary>By instant, then by id: the order of an event file.</summary>
    public static int InOrder(ContractEvent left, ContractEvent right) =>
        left.At.CompareTo(right.At) is var byTime and not 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);

    /// <summary>The event as the reader of events takes it.</summary>
    public JsonElement ToJsonElement()
    {
        using var document = JsonDocument.Parse(Json);
        return document.RootElement.Clone();
    }
}

/// <summary>An event before it is numbered.</summary>
internal sealed record EventDraft(DateTimeOffset At, string Type, Action<Utf8JsonWriter> Data);

/// <summary>Writes drafts as contract events.</summary>
internal sealed class EventLines : IDisposable
{
    // Chinese words stay readable in a file; nothing of it goes into HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream buffer = new();
    private readonly Utf8JsonWriter json;

    public EventLines() => json = new(buffer, Readable);

    public ContractEvent Line(EventDraft draft, string loanId, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"evt-{loanId}-{number:00}");
        buffer.SetLength(0);
        json.Reset();
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("at", draft.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteString("loanId", loanId);
        json.WriteString("type", draft.Type);
        json.WriteStartObject("data");
        draft.Data(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return new(draft.At, id, loanId, draft.Type, System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    public void Dispose()
    {
        json.Dispose();
        buffer.Dispose();
    }
}

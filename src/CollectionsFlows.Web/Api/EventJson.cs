using System.Buffers;
using System.Text.Json;

namespace CollectionsFlows.Web.Api;

/// <summary>Writes events in the contract's shape, so that they are read and checked by the one reader there is.</summary>
internal static class EventJson
{
    public static JsonDocument Write(string id, DateTimeOffset at, string loanId, string type, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("at", at);
            writer.WriteString("loanId", loanId);
            writer.WriteString("type", type);
            writer.WriteStartObject("data");
            writeData(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}

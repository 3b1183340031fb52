using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Reads the body of a payment webhook: one event, whose id is the message's, or a list.</summary>
internal static class PaymentEvents
{
    // A payment system's secret must not be able to withdraw loans or decide approvals.
    private static readonly string[] Allowed = ["payment.posted", "payment.reversed"];

    /// <summary>All the events, or every error.</summary>
    /// <param name="body">The parsed body.</param>
    /// <param name="messageId">The message's id; null when the scheme has none: then events carry their own.</param>
    /// <param name="errors">Empty when all is well.</param>
    public static IReadOnlyList<OutsideEvent> Read(JsonElement body, string? messageId, out IReadOnlyList<InputError> errors)
    {
        var wrong = new List<InputError>();
        var events = body.ValueKind switch
        {
            JsonValueKind.Object => ReadSingle(body, messageId, wrong),
            JsonValueKind.Array => ReadList(body, messageId, wrong),
            _ => Refuse(wrong, new(null, "$", "expected an event object or a list of them")),
        };
        errors = wrong;
        return events;
    }

    private static List<OutsideEvent> ReadSingle(JsonElement json, string? messageId, List<InputError> wrong)
    {
        if (messageId is not null && json.TryGetProperty("id", out var own) && !(own.ValueKind == JsonValueKind.String && own.GetString() == messageId))
            wrong.Add(new(null, "$.id", "must be absent: webhook-id is the event's id"));
        return ReadOne(json, messageId, "$", wrong) is { } read ? [read] : [];
    }

    private static List<OutsideEvent> ReadList(JsonElement list, string? messageId, List<InputError> wrong)
    {
        if (list.GetArrayLength() == 0)
            return Refuse(wrong, new(null, "$", "the list is empty"));
        var events = new List<OutsideEvent>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var json in list.EnumerateArray())
        {
            var path = $"$[{index}]";
            var read = ReadOne(json, messageId is null ? null : $"{messageId}#{index}", path, wrong);
            if (read is not null && !ids.Add(read.Id))
                wrong.Add(new(null, $"{path}.id", "another event of the list has the same id"));
            else if (read is not null)
                events.Add(read);
            index++;
        }

        return events;
    }

    private static OutsideEvent? ReadOne(JsonElement json, string? id, string path, List<InputError> wrong)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            wrong.Add(new(null, path, "expected an event object"));
            return null;
        }

        var read = EventReader.Read(json, id, out var errors);
        wrong.AddRange(errors.Select(error => JsonPath.Under(path, error)));
        if (read is null || Allowed.Contains(read.Type, StringComparer.Ordinal))
            return read;
        wrong.Add(new(null, $"{path}.type", $"a payment webhook may send {string.Join(" and ", Allowed)} only"));
        return null;
    }

    private static List<OutsideEvent> Refuse(List<InputError> wrong, InputError error)
    {
        wrong.Add(error);
        return [];
    }
}

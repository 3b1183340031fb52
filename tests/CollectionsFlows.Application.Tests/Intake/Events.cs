using System.Text.Json;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>Events as senders write them.</summary>
internal static class Events
{
    public static string Json(string type, string data, string id = "evt-1", string loanId = "L-1", string at = "2026-02-03T10:00:00+08:00") =>
        $$"""{"id":"{{id}}","at":"{{at}}","loanId":"{{loanId}}","type":"{{type}}","data":{{data}}}""";

    public static OutsideEvent Read(string type, string data, string id = "evt-1", string loanId = "L-1", string at = "2026-02-03T10:00:00+08:00")
    {
        var read = TryRead(Json(type, data, id, loanId, at), out var errors);
        Assert.Empty(errors);
        return read!;
    }

    public static OutsideEvent? TryRead(string json, out IReadOnlyList<string> errors, string? id = null)
    {
        using var document = JsonDocument.Parse(json);
        var read = EventReader.Read(document.RootElement, id, out var found);
        errors = [.. found.Select(error => error.ToString())];
        return read;
    }
}

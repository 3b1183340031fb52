using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads the contract's events. An unknown type or bad data is a list of errors, never a silent drop.</summary>
/// <remarks>
/// Every error names the JSON path and what was expected, and all errors of an event come at once. Unknown fields are refused: a mistyped
/// optional field would otherwise be dropped silently. Words of people (texts, notes, reasons that are no short code) go to
/// <see cref="OutsideEvent.Borrower"/>, never into the case's event (S25).
/// </remarks>
public static class EventReader
{
    private const int MaxIdLength = 200;

    /// <summary>Every type the contract knows.</summary>
    public static IEnumerable<string> Types => EventKinds.Types;

    /// <summary>Reads one event.</summary>
    /// <param name="json">The event object.</param>
    /// <param name="id">The id to use when the event has none of its own (a webhook's id).</param>
    /// <param name="errors">Everything wrong with it; empty when the result is not null.</param>
    public static OutsideEvent? Read(JsonElement json, string? id, out IReadOnlyList<InputError> errors)
    {
        var found = new List<InputError>();
        errors = found;
        void Report(string path, string problem) => found.Add(new(null, path, problem));
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report("", $"{OutsideJson.KindOf(json)}; expected an event object");
            return null;
        }

        OutsideJson.Check(json, "", Report);
        if (found.Count > 0)
            return null;
        var read = ReadEnvelope(new(json, "", Report), id, Report);
        return found.Count == 0 ? read : null;
    }

    /// <summary>Our own inbox items are named so; an outside event must not take their place.</summary>
    private static readonly string[] Reserved = ["enrol:", "cmd:"];

    private static OutsideEvent? ReadEnvelope(EventData envelope, string? id, Action<string, string> report)
    {
        var ownId = envelope.Has("id") || id is null ? envelope.Id("id", MaxIdLength) : CheckedId(id, report);
        if (Reserved.Any(prefix => ownId.StartsWith(prefix, StringComparison.Ordinal)))
            report("id", "begins like an id of this product's own; expected one that does not begin with enrol: or cmd:");
        var at = envelope.Instant("at");
        var loanId = envelope.Id("loanId", FieldChecks.MaxIdLength);
        var type = envelope.Id("type", 60);
        var hasData = envelope.Has("data");
        envelope.RefuseUnknown();
        var read = EventKinds.Find(type);
        if (read is null && type.Length > 0)
            report("type", $"unknown type {FieldChecks.Shown(type)}{(NearestName.To(type, EventKinds.Types) is { } near ? $"; is '{near}' meant?" : "; expected a type of the contract's table")}");
        var data = hasData ? envelope.Json.GetProperty("data") : default;
        if (data.ValueKind != JsonValueKind.Object)
            report("data", $"{OutsideJson.KindOf(data)}; expected an object");
        if (read is null || data.ValueKind != JsonValueKind.Object)
            return null;
        var fields = new EventData(data, "data", report);
        var understood = read(new(loanId, type, at, fields) { Report = report });
        if (type != "loan.updated") // what a loan object has beyond its fields are attributes
            fields.RefuseUnknown();
        return new()
        {
            Id = ownId,
            At = at,
            LoanId = loanId,
            Type = type,
            Event = understood.Event,
            Borrower = understood.Borrower,
            BodySha256 = CanonicalJson.Sha256(envelope.Json, "id"),
        };
    }

    private static string CheckedId(string id, Action<string, string> report)
    {
        if (FieldChecks.Name(id, MaxIdLength) is { } problem)
            report("id", problem);
        return id;
    }
}

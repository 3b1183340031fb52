using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Contact;

/// <summary>What the gate says to one case of a case file.</summary>
/// <param name="Name">The case's name.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Mismatch">Where it differs from what the case expects, in words; null when it does not or nothing is expected.</param>
public sealed record GateResult(string Name, Verdict Verdict, string? Mismatch)
{
    /// <summary>One line of NDJSON: <c>{name, verdict, rule, until, citations}</c>; <c>overrides</c> and <c>mismatch</c> where there are any.</summary>
    public string ToJsonLine()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", Name);
            writer.WriteString("verdict", GateCases.Word(Verdict.Kind));
            writer.WriteString("rule", Verdict.Rule);
            writer.WriteString("until", GateCases.Text(Verdict.Until));
            WriteList(writer, "citations", Verdict.Citations);
            if (Verdict.Overrides.Count > 0)
                WriteList(writer, "overrides", Verdict.Overrides);
            if (Mismatch is not null)
                writer.WriteString("mismatch", Mismatch);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}

/// <summary>
/// The contract's contact-gate case file: every case is judged with nothing but what it says. A flag given by its name alone has held for
/// ever; as an object it may have <c>from</c>, <c>until</c> and <c>debtId</c>. Unknown members are ignored; <see cref="GateCaseHints"/> finds them.
/// </summary>
public static class GateCases
{
    /// <summary>Judges every case, in the file's order. The whole file is read before the first is judged.</summary>
    /// <exception cref="FormatException">The file is not a case file; the message names the JSON path and what was expected.</exception>
    public static IReadOnlyList<GateResult> Evaluate(string json, IReadOnlyList<JurisdictionPack> packs)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. new CaseElement(document.RootElement, "$").Items().Select(element => Evaluate(element, packs))];
        }
        catch (JsonException e)
        {
            throw new FormatException($"line {e.LineNumber + 1}: not JSON: {e.Message}", e);
        }
    }

    internal static string Word(VerdictKind kind) => kind switch { VerdictKind.Allow => "allow", VerdictKind.Defer => "defer", _ => "forbid" };

    internal static string? Text(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", System.Globalization.CultureInfo.InvariantCulture);

    private static GateResult Evaluate(CaseElement element, IReadOnlyList<JurisdictionPack> packs)
    {
        var name = element.Member("name")?.Text() ?? element.Path;
        var verdict = ContactGate.Judge(Request(element), [.. element.Items("history").Select(Past)], Profile(element), packs, element.Required("now").Instant());
        return new(name, verdict, element.Member("expect") is { } expect ? Mismatch(expect, verdict) : null);
    }

    private static ContactRequest Request(CaseElement element) => new()
    {
        Channel = element.Required("channel").Word<Channel>(),
        Direction = element.Member("direction")?.Word<Direction>() ?? Direction.Outbound,
        Purpose = element.Member("purpose")?.Word<Purpose>() ?? Purpose.Collect,
        Jurisdiction = Jurisdiction(element.Required("jurisdiction")),
        CreditorRole = element.Required("creditorRole").Word<CreditorRole>(),
        DebtId = element.Member("debtId")?.Text() ?? "",
        Address = element.Member("address")?.Text(),
        Place = element.Member("place")?.Word<Place>(),
        TimeZones = [.. element.Items("timeZones").Select(zone => zone.Text())],
        HouseRules = element.Member("houseRules")?.Flag() ?? false,
        TextSha256 = element.Member("text") is { } text ? Sha256(text.Text()) : null,
        Recipient = element.Member("recipient")?.Word<Recipient>() ?? Recipient.Debtor,
        AsksLocationOnly = element.Member("asksLocationOnly")?.Flag() ?? false,
        Persons = element.Member("persons")?.Number(),
    };

    // A mistyped one would be bound by no pack, and so by no hours.
    private static string Jurisdiction(CaseElement element) =>
        Intake.FieldChecks.Jurisdiction(element.Text()) is null ? element.Text() : throw element.Wrong("an ISO country, or country and region, such as CN, US or US-MA");

    private static PastContact Past(CaseElement element)
    {
        var channel = element.Required("channel").Word<Channel>();
        return new(
            element.Required("at").Instant(),
            channel,
            element.Member("direction")?.Word<Direction>() ?? Direction.Outbound,
            element.Member("outcome")?.Word<ContactOutcome>() ?? (channel is Channel.Phone or Channel.Visit ? ContactOutcome.Unknown : ContactOutcome.Sent),
            [.. element.Items("debtIds").Select(id => id.Text())],
            element.Member("address")?.Text(),
            element.Member("place")?.Word<Place>(),
            element.Member("text") is { } text ? Sha256(text.Text()) : null,
            element.Member("purpose")?.Word<Purpose>() ?? Purpose.Collect,
            element.Member("recipient")?.Word<Recipient>());
    }

    private static ContactProfile Profile(CaseElement element) => new()
    {
        Flags = [.. element.Items("flags").Select(Flag)],
        Consents = [.. element.Items("consents").Select(c => new Consent(c.Required("channel").Word<Channel>(), c.Member("address")?.Text(), c.Required("at").Instant()))],
        OptOuts = [.. element.Items("optOuts").Select(o => new OptOut(o.Required("channel").Word<Channel>(), o.Member("address")?.Text(), o.Required("at").Instant()))],
        // Either the blocked objects themselves, or the data of preference.set that holds them.
        Preferences = [.. element.Items("preferences").SelectMany(p => p.Member("blocked")?.Items() ?? [p]).Select(Wish)],
    };

    private static ProfileFlag Flag(CaseElement element) => element.Json.ValueKind == JsonValueKind.String
        ? new(element.Text(), DateTimeOffset.MinValue)
        : new(element.Required("name").Text(), element.Member("from")?.Instant() ?? DateTimeOffset.MinValue, element.Member("until")?.Instant(), element.Member("debtId")?.Text(), Address: element.Member("address")?.Text());

    private static BlockedTime Wish(CaseElement element) => new(
        element.Member("days") is { } days ? [.. days.Items().Select(Day)] : null,
        element.Member("from")?.Time(),
        element.Member("to")?.Time(),
        element.Member("channel")?.Word<Channel>(),
        element.Member("place")?.Word<Place>(),
        element.Member("until")?.Date());

    private static DayOfWeek Day(CaseElement element)
    {
        var text = element.Text();
        foreach (var day in Enum.GetValues<DayOfWeek>())
            if (text.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase) || text.Equals(day.ToString()[..3], StringComparison.OrdinalIgnoreCase))
                return day;
        throw element.Wrong("a day of the week, like Mon");
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Mismatch(CaseElement expect, Verdict verdict)
    {
        var differences = new List<string>();
        if (expect.Member("verdict")?.Word<VerdictKind>() is { } kind && kind != verdict.Kind)
            differences.Add($"expected verdict {Word(kind)}, got {Word(verdict.Kind)}");
        if (expect.Member("rule")?.Text() is { } rule && rule != verdict.Rule)
            differences.Add($"expected rule {rule}, got {verdict.Rule ?? "none"}");
        if (expect.Member("until")?.Instant() is { } until && until != verdict.Until)
            differences.Add($"expected until {Text(until)}, got {Text(verdict.Until) ?? "none"}");
        foreach (var citation in expect.Items("citations"))
            if (!verdict.Citations.Contains(citation.Text()))
                differences.Add($"expected citation {citation.Text()}");
        return differences.Count == 0 ? null : string.Join("; ", differences);
    }
}

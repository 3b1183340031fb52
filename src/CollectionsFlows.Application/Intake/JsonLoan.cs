using System.Text.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads one loan object: the columns of the loans file as properties, the instalments nested, everything else an attribute.</summary>
/// <param name="json">An object that passed <see cref="OutsideJson.Check"/>.</param>
/// <param name="path">Where it is in what was sent; empty for a line of its own.</param>
/// <param name="report">Called with the JSON path and what is wrong there.</param>
internal sealed class JsonLoan(JsonElement json, string path, Action<string, string> report)
{
    private static readonly string[] InstalmentNames = [.. LoanColumns.Names.Skip(LoanColumns.LoanLevel), "number"];

    /// <summary>The loan's own values in the order of the columns, as text.</summary>
    public string[] RawFields()
    {
        var raw = new string[LoanColumns.LoanLevel];
        for (var column = 0; column < raw.Length; column++)
            raw[column] = RawOf(json, LoanColumns.Names[column], path, column == LoanColumns.PenaltyAnnualRate, column == LoanColumns.Phone);
        return raw;
    }

    /// <summary>The schedule as sent; rows that cannot be read are reported and left out.</summary>
    public List<Instalment> Instalments(Currency? currency)
    {
        var schedule = new List<Instalment>();
        var at = OutsideJson.Join(path, "instalments");
        if (!json.TryGetProperty("instalments", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            report(at, "expected a list of at least one instalment");
            return schedule;
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
                report($"{at}[{index}]", $"{OutsideJson.KindOf(item)}; expected an object");
            else if (ReadInstalment(item, $"{at}[{index}]", index + 1, currency) is { } instalment)
                schedule.Add(instalment);
        }

        return schedule;
    }

    /// <summary>Whatever else the object says, and what is in its <c>attributes</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes(TextPool pool)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        AddAttributes(json, path, pool, attributes, name => name is "instalments" or "attributes" || IsLoanField(name));
        if (json.TryGetProperty("attributes", out var more) && more.ValueKind == JsonValueKind.Object)
            AddAttributes(more, OutsideJson.Join(path, "attributes"), pool, attributes, _ => false);
        else if (more.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            report(OutsideJson.Join(path, "attributes"), $"{OutsideJson.KindOf(more)}; expected an object of texts and numbers");
        return attributes.Count == 0 ? LoanDraft.NoAttributes : attributes;
    }

    private static bool IsLoanField(string name) => LoanColumns.Names.Take(LoanColumns.LoanLevel).Contains(name);

    private Instalment? ReadInstalment(JsonElement item, string at, int position, Currency? currency)
    {
        foreach (var property in item.EnumerateObject().Where(property => !InstalmentNames.Contains(property.Name)))
            report(at, $"unknown field {FieldChecks.Shown(property.Name)}{NearestField(property.Name)}");
        var number = RawOf(item, "instalmentNumber", at, number: true);
        if (number.Length == 0)
            number = RawOf(item, "number", at, number: true);
        return new InstalmentFields
        {
            Number = number.Length == 0 ? $"{position}" : number,
            DueOn = RawOf(item, "dueOn", at, number: false),
            Principal = RawOf(item, "principalDue", at, number: true),
            Interest = RawOf(item, "interestDue", at, number: true),
            Fees = RawOf(item, "feesDue", at, number: true),
        }.Read(currency, (column, problem) => report(OutsideJson.Join(at, LoanColumns.Names[column]), problem));
    }

    private static string NearestField(string name) => NearestName.To(name, InstalmentNames) is { } near ? $"; is '{near}' meant?" : "";

    private string RawOf(JsonElement from, string name, string at, bool number, bool list = false)
    {
        if (!from.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return "";
        if (value.ValueKind == (number ? JsonValueKind.Number : JsonValueKind.String))
            return number ? value.GetRawText() : value.GetString()!;
        if (list && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return string.Join(';', value.EnumerateArray().Select(item => item.GetString()));
        report(OutsideJson.Join(at, name), $"{OutsideJson.KindOf(value)}; expected a {(number ? "number" : "string")}");
        return "";
    }

    private void AddAttributes(JsonElement from, string at, TextPool pool, SortedDictionary<string, string> attributes, Func<string, bool> isOther)
    {
        foreach (var property in from.EnumerateObject().Where(property => !isOther(property.Name) && property.Value.ValueKind != JsonValueKind.Null))
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => null,
            };
            if (FieldChecks.Name(property.Name) is { } problem)
                report(at, $"the name of an attribute {problem}");
            else if (value is null)
                report(OutsideJson.Join(at, property.Name), $"{OutsideJson.KindOf(property.Value)}; an attribute is a text, a number, true or false");
            else if (value.Length > 0)
                attributes[pool.Share(property.Name)] = pool.Share(value);
        }
    }
}

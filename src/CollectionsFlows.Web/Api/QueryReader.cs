using System.Globalization;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads query parameters and remembers everything wrong with them. An empty parameter asks nothing.</summary>
internal sealed class QueryReader
{
    private static readonly string[] Sorts = ["loanId", "daysPastDue", "overdue", "nextWake", "openedAt"];
    private readonly List<InputError> errors = [];

    public IReadOnlyList<InputError> Errors => errors;

    /// <summary>A whole number in the range, or the default.</summary>
    public int? Number(string name, string? text, int least, int most)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        errors.Add(new(null, name, $"expected a whole number from {least} to {most}"));
        return null;
    }

    public bool Flag(string name, string? text)
    {
        if (text is not (null or "" or "true" or "false"))
            errors.Add(new(null, name, "expected true or false"));
        return text == "true";
    }

    public CaseStatus? Status(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (var status in Enum.GetValues<CaseStatus>())
        {
            if (Words.Of(status) == text)
                return status;
        }

        errors.Add(new(null, "status", $"expected one of {string.Join(", ", Enum.GetValues<CaseStatus>().Select(Words.Of))}"));
        return null;
    }

    public string Sort(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "loanId";
        if (!Sorts.Contains(text.StartsWith('-') ? text[1..] : text, StringComparer.Ordinal))
            errors.Add(new(null, "sort", $"expected one of {string.Join(", ", Sorts)}, with a leading - to turn it round"));
        return text;
    }

    public CaseQuery Page(string? page, string? pageSize, DateOnly today) => new()
    {
        Today = today,
        Page = Number("page", page, 1, 1_000_000) ?? 1,
        PageSize = Number("pageSize", pageSize, 1, 500) ?? 50,
    };
}

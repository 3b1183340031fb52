using System.Globalization;
using System.Text.RegularExpressions;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads ISO 8601 durations that have one length: weeks, days, hours, minutes, seconds.</summary>
internal static partial class IsoDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>The duration, more than zero and at most ten years; null with what is wrong.</summary>
    public static TimeSpan? Parse(string text, out string problem)
    {
        problem = "";
        if (Calendar().IsMatch(text))
        {
            problem = "years and months differ in length: give weeks or days, e.g. P30D";
            return null;
        }

        var match = Weeks().Match(text) is { Success: true } weeks ? weeks : Clock().Match(text);
        if (!match.Success || match.Length < 3)
        {
            problem = "expected an ISO 8601 duration of whole weeks, or of whole days, hours, minutes and seconds, e.g. P1D, PT36H or P1DT12H";
            return null;
        }

        var length = Part(match, "weeks", 7m * 86400) + Part(match, "days", 86400) + Part(match, "hours", 3600) + Part(match, "minutes", 60) + Part(match, "seconds", 1);
        if (length <= 0)
            problem = "time only goes forward: the duration must be more than zero";
        else if (length > (decimal)Longest.TotalSeconds)
            problem = "at most 3660 days at a time";
        return problem.Length == 0 ? TimeSpan.FromSeconds((double)length) : null;
    }

    private static decimal Part(Match match, string name, decimal seconds) =>
        match.Groups[name] is { Success: true, ValueSpan: var digits } ? decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * seconds : 0m;

    [GeneratedRegex(@"\A-?P[^T]*[YM]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Calendar();

    [GeneratedRegex(@"\AP(?<weeks>[0-9]{1,9})W\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Weeks();

    [GeneratedRegex(@"\AP(?:(?<days>[0-9]{1,9})D)?(?:T(?=[0-9])(?:(?<hours>[0-9]{1,9})H)?(?:(?<minutes>[0-9]{1,9})M)?(?:(?<seconds>[0-9]{1,12})S)?)?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clock();
}

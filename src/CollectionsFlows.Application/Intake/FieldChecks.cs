using System.Buffers;
using System.Globalization;
using System.Text;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>Checks of single values, shared by loans files and events. Each answers with what is wrong and what was expected, or null.</summary>
internal static class FieldChecks
{
    public const int MaxIdLength = 100;

    private static readonly SearchValues<char> NotInMailbox = SearchValues.Create(" <>()[],;:\\\"\t");

    /// <summary>The value as it may be shown in an error: short, and without control characters. Never call it with personal data.</summary>
    public static string Shown(ReadOnlySpan<char> value)
    {
        var cut = value.Length <= 40 ? value.Length : char.IsHighSurrogate(value[39]) ? 39 : 40;
        var shown = new StringBuilder("'");
        foreach (var c in value[..cut])
            shown.Append(char.IsControl(c) ? '?' : c);
        return shown.Append(cut < value.Length ? "…'" : "'").ToString();
    }

    /// <summary>A name of something: 1 to <paramref name="max"/> printable characters.</summary>
    public static string? Name(ReadOnlySpan<char> value, int max = MaxIdLength)
    {
        if (value.IsEmpty)
            return $"empty; expected 1 to {max} printable characters";
        if (value.Length > max)
            return $"{value.Length} characters long; expected at most {max}";
        foreach (var c in value)
        {
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return "has a control character; expected printable characters only";
        }

        return char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) ? "begins or ends with a space" : null;
    }

    /// <summary>Money: digits, then at most two decimals (none for currencies without a minor unit). Zero is allowed, less is not.</summary>
    public static string? Amount(ReadOnlySpan<char> value, Currency? currency, out decimal amount)
    {
        amount = 0m;
        var point = value.IndexOf('.');
        var whole = point < 0 ? value : value[..point];
        var decimals = point < 0 ? [] : value[(point + 1)..];
        if (value.IsEmpty)
            return "empty; expected an amount such as 120.50";
        if (value[0] == '-')
            return $"{Shown(value)} is negative; expected zero or more";
        if (whole.IsEmpty || !AllDigits(whole) || !AllDigits(decimals) || (point >= 0 && decimals.IsEmpty))
            return $"{Shown(value)} is no amount; expected digits with at most two decimals such as 1200.50, without separators, signs or exponents";
        if (decimals.Length > 2)
            return $"{Shown(value)} has {decimals.Length} decimals; expected at most two";
        if (whole.Length > 13)
            return $"{Shown(value)} is too large; expected at most 13 digits before the point";
        amount = decimal.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return currency is { } known && known.Round(amount) != amount ? $"{Shown(value)} has decimals, {known} has none" : null;
    }

    /// <summary>A yearly rate as a fraction between 0 and 1.</summary>
    public static string? Rate(ReadOnlySpan<char> value, out decimal rate)
    {
        rate = 0m;
        if (value.IsEmpty)
            return "empty; expected a yearly fraction such as 0.18 for 18 %, or 0";
        if (value.Length > 20 || !decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out rate))
            return $"{Shown(value)} is no number; expected a yearly fraction such as 0.18 for 18 %";
        if (rate < 0)
            return $"{Shown(value)} is negative; expected 0 to 1";
        return rate > 1 ? $"{Shown(value)} is above 1: a percentage? Expected a yearly fraction such as 0.18 for 18 %" : null;
    }

    public static string? Date(ReadOnlySpan<char> value, out DateOnly date) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= 1900 and <= 2200
            ? null
            : $"{Shown(value)} is no date; expected YYYY-MM-DD between 1900 and 2200";

    public static string? InstalmentNumber(ReadOnlySpan<char> value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= 10_000
            ? null
            : $"{Shown(value)} is no instalment number; expected 1, 2, 3 …";

    public static string? CurrencyCode(string value, out Currency currency) =>
        Currency.TryParse(value, out currency) ? null : $"{Shown(value)} is no ISO 4217 currency; expected a code such as USD or CNY";

    public static string? Role(string value, out CreditorRole role)
    {
        role = value == "collector" ? CreditorRole.Collector : CreditorRole.Creditor;
        return value is "creditor" or "collector" ? null : $"{Shown(value)}; expected 'creditor' or 'collector'";
    }

    public static string? Jurisdiction(string value) => IsJurisdiction(value)
        ? null
        : $"{Shown(value)} is no jurisdiction; expected an ISO country, or country and region, such as CN, US or US-MA";

    public static string? TimeZone(string value) =>
        value == "UTC" || (value.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(value, out _))
            ? null
            : $"{Shown(value)} is no IANA time zone; expected a name such as Asia/Shanghai, or nothing";

    public static string? Language(string value) => IsLanguage(value)
        ? null
        : $"{Shown(value)} is no language tag; expected one such as zh-CN or en-US, or nothing";

    /// <summary>Personal data: the value is never shown.</summary>
    public static string? Phone(string value) => value.Length is >= 8 and <= 16 && value[0] == '+' && value[1] != '0' && AllDigits(value.AsSpan(1))
        ? null
        : "not an E.164 number; expected + and 7 to 15 digits without spaces, several separated by ;";

    /// <summary>Personal data: the value is never shown.</summary>
    public static string? Email(string value) => IsEmail(value)
        ? null
        : "not an e-mail address; expected one such as name@example.com, or nothing";

    private static bool IsJurisdiction(string value) =>
        value.Length is 2 or (>= 4 and <= 6)
        && char.IsAsciiLetterUpper(value[0]) && char.IsAsciiLetterUpper(value[1])
        && (value.Length == 2 || (value[2] == '-' && value.Skip(3).All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))));

    private static bool IsLanguage(string value)
    {
        var parts = value.Split('-');
        return parts.Length <= 4
            && parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    private static bool IsEmail(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || value.Length > 254)
            return false;
        var labels = value[(at + 1)..].Split('.');
        return value.AsSpan(0, at).IndexOfAny(NotInMailbox) < 0 && !value.Any(char.IsControl)
            && labels.Length >= 2
            && labels.All(label => label.Length is >= 1 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => c == '-' || char.IsLetterOrDigit(c)));
    }

    private static bool AllDigits(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange('0', '9');
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Whether a text quotes the values it has to, or any it must not.</summary>
internal static partial class QuotedValues
{
    /// <summary>Where the value begins in the text, from 0; null when it is not there.</summary>
    public static int? Find(ContentValue value, string text, ExpectedContent expected) => value switch
    {
        ContentValue.LenderName => Words(text, expected.LenderName),
        ContentValue.BorrowerName => Words(text, expected.BorrowerName),
        ContentValue.ServicePhone => Phone(text, expected.ServicePhone),
        ContentValue.PaymentLink => Found(text.IndexOf(expected.PaymentLink, StringComparison.OrdinalIgnoreCase)),
        ContentValue.Amount => Amounts(text).Where(amount => expected.Amounts.Contains(amount.Value)).Select(amount => (int?)amount.At).FirstOrDefault(),
        ContentValue.AnyMoney => Money().Match(text) is { Success: true } money ? money.Index : null,
        _ => null,
    };

    private static int? Found(int at) => at < 0 ? null : at;

    /// <summary>Letters and digits alone count, so that brackets, spacing and width make no difference.</summary>
    private static int? Words(string text, string words)
    {
        var wanted = Squeezed(words, out _);
        var squeezed = Squeezed(text, out var places);
        var at = wanted.Length == 0 ? -1 : squeezed.IndexOf(wanted, StringComparison.Ordinal);
        return at < 0 ? null : places[at];
    }

    private static string Squeezed(string text, out List<int> places)
    {
        var squeezed = new StringBuilder(text.Length);
        places = new List<int>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var character = Characters.Plain(text[at]);
            if (!char.IsLetterOrDigit(character))
                continue;
            squeezed.Append(character);
            places.Add(at);
        }

        return squeezed.ToString();
    }

    /// <summary>A number is the same however its digits are grouped.</summary>
    private static int? Phone(string text, string phone)
    {
        var wanted = string.Concat(phone.Where(char.IsAsciiDigit));
        foreach (Match run in PhoneRun().Matches(text))
        {
            if (wanted.Length > 0 && string.Concat(run.Value.Where(char.IsAsciiDigit)).Contains(wanted, StringComparison.Ordinal))
                return run.Index;
        }

        return wanted.Length == 0 ? Words(text, phone) : null;
    }

    private static IEnumerable<(decimal Value, int At)> Amounts(string text)
    {
        foreach (Match number in Number().Matches(text))
        {
            // A comma or full stop after it is the sentence's.
            var digits = number.Value.TrimEnd('.', ',').Replace(",", "", StringComparison.Ordinal);
            if (decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                yield return (value, number.Index);
        }
    }

    [GeneratedRegex(@"[+(]?[0-9][0-9 ()./\-\u2010-\u2013]*[0-9]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PhoneRun();

    [GeneratedRegex("[0-9][0-9.,]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    /// <summary>A sum with its currency on either side.</summary>
    [GeneratedRegex(
        @"([$£€¥￥]|\b(USD|CNY|RMB|GBP|EUR|AUD|INR|HKD)|人民币)\s*[0-9]|[0-9]\s*(元|块|圆|\b(USD|CNY|RMB|GBP|EUR|AUD|INR|dollars?|pounds?|euros?|yuan|rupees?)\b)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Money();
}

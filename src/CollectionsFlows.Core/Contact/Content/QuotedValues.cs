using System.Globalization;
using System.Text;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Whether a text quotes the values it has to, or any it must not.</summary>
internal static class QuotedValues
{
    // How far from a number its currency is looked for.
    private const int Beside = 24;

    private static readonly string[] Signs = ["$", "£", "€", "¥", "￥", "人民币"];
    private static readonly string[] Units = ["元", "块", "圆"];

    private static readonly string[] Codes =
        ["USD", "CNY", "RMB", "GBP", "EUR", "AUD", "INR", "HKD", "dollar", "dollars", "pound", "pounds", "euro", "euros", "yuan", "rupee", "rupees"];

    /// <summary>Where the value begins in the text, from 0; null when it is not there.</summary>
    public static int? Find(ContentValue value, string text, ExpectedContent expected) => value switch
    {
        ContentValue.LenderName => Words(text, expected.LenderName),
        ContentValue.BorrowerName => Words(text, expected.BorrowerName),
        ContentValue.ServicePhone => Phone(text, expected.ServicePhone),
        ContentValue.PaymentLink => Found(text.IndexOf(expected.PaymentLink, StringComparison.OrdinalIgnoreCase)),
        ContentValue.Amount => Amounts(text).Where(amount => expected.Amounts.Contains(amount.Value)).Select(amount => (int?)amount.At).FirstOrDefault(),
        ContentValue.AnyMoney => Money(text),
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
        foreach (var (run, at) in Runs.In(text, IsOfPhone))
        {
            if (wanted.Length > 0 && string.Concat(run.Where(char.IsAsciiDigit)).Contains(wanted, StringComparison.Ordinal))
                return at + run.IndexOfAnyInRange('0', '9');
        }

        return wanted.Length == 0 ? Words(text, phone) : null;
    }

    private static IEnumerable<(decimal Value, int At)> Amounts(string text)
    {
        foreach (var (run, at) in Runs.In(text, character => char.IsAsciiDigit(character) || character is '.' or ','))
        {
            // A comma or full stop around it is the sentence's.
            var digits = run.Trim('.', ',').Replace(",", "", StringComparison.Ordinal);
            if (decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                yield return (value, at);
        }
    }

    private static bool IsOfPhone(char character) =>
        char.IsAsciiDigit(character) || character is ' ' or '(' or ')' or '.' or '/' or '-' or '+' or (>= '\u2010' and <= '\u2013');

    /// <summary>A sum with its currency on either side.</summary>
    private static int? Money(string text)
    {
        foreach (var (run, at) in Runs.In(text, char.IsAsciiDigit))
        {
            var before = text[Math.Max(0, at - Beside)..at].TrimEnd();
            var after = text[(at + run.Length)..Math.Min(text.Length, at + run.Length + Beside)].TrimStart([.. " ,.0123456789"]);
            if (Signs.Any(sign => before.EndsWith(sign, StringComparison.Ordinal)) || Units.Any(unit => after.StartsWith(unit, StringComparison.Ordinal))
                || Codes.Any(code => EndsWithWord(before, code) || StartsWithWord(after, code)))
                return at;
        }

        return null;
    }

    private static bool EndsWithWord(string text, string word) =>
        text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[^(word.Length + 1)]));

    private static bool StartsWithWord(string text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}

using System.Globalization;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>How amounts, dates and rates are written in a message's language. Independent of the machine's culture.</summary>
/// <remarks>Chinese for <c>zh</c> and its variants, English for everything else.</remarks>
public static class MessageFormat
{
    /// <summary><c>USD 1,234.50</c>; in Chinese <c>人民币1,234.50元</c> for CNY, <c>USD 1,234.50</c> for others.</summary>
    public static string Amount(decimal amount, Currency currency, string language)
    {
        var number = currency.Round(amount).ToString(currency.Decimals == 0 ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);
        return IsChinese(language) && currency.Code == "CNY" ? $"人民币{number}元" : $"{currency.Code} {number}";
    }

    /// <summary><c>Oct 7, 2016</c>, <c>2016年10月7日</c>.</summary>
    public static string Date(DateOnly date, string language) => IsChinese(language)
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日")
        : date.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    /// <summary>0.1825 is <c>18.25%</c>.</summary>
    public static string Rate(decimal fraction) => (fraction * 100m).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    internal static bool IsChinese(string language) => language == "zh" || language.StartsWith("zh-", StringComparison.Ordinal);
}

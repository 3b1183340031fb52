using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Journal;

/// <summary>How amounts, dates, names and counts are said in the words for facts.</summary>
internal static class Words
{
    public static string Amount(decimal amount, Currency currency) => MessageFormat.Amount(amount, currency, "en");

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary><c>WrittenOff</c> is "written off".</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()).Replace('-', ' ');

    public static string Name(Channel channel) => channel switch { Channel.Sms => "SMS", Channel.Email => "e-mail", _ => Name<Channel>(channel) };

    public static string Days(int days) => Count(days, "day");

    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The parts that are not zero, in the order of a statement; "nothing" where all are.</summary>
    public static string Parts(Breakdown amount, Currency currency)
    {
        (string Name, decimal Amount)[] parts =
            [("principal", amount.Principal), ("interest", amount.Interest), ("fees", amount.Fees), ("penalty interest", amount.Penalty)];
        var named = parts.Where(part => part.Amount != 0m).Select(part => $"{Amount(part.Amount, currency)} {part.Name}").ToList();
        return named.Count == 0 ? "nothing" : string.Join(", ", named);
    }

    /// <summary>A suffix such as "; note", or nothing.</summary>
    public static string Also(string? text, string before = "; ") => string.IsNullOrEmpty(text) ? "" : before + text;
}

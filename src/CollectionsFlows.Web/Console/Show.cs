using System.Globalization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Console;

/// <summary>How pages write values: the same for every reader, times in UTC and marked so.</summary>
internal static class Show
{
    public static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>An instant on the borrower's clock, with its offset.</summary>
    public static string Local(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public static string Channel(Channel channel) => channel switch { Core.Contact.Channel.Sms => "SMS", Core.Contact.Channel.Email => "e-mail", _ => Words.Of(channel) };

    public static string Date(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,##0.00} {currency}");

    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>The style of a status: calm unless money is late.</summary>
    public static string Tone(CaseStatus status) => status switch
    {
        CaseStatus.Collecting or CaseStatus.Legal or CaseStatus.WrittenOff => "late",
        CaseStatus.Closed or CaseStatus.Watching => "fine",
        _ => "",
    };
}

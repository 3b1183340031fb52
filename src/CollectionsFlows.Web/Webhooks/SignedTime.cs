using System.Globalization;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>The time in a signature: an old request may be a replay.</summary>
internal static class SignedTime
{
    /// <summary>How far a timestamp may be from now, either way; exactly this far is still good.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // Unix seconds of the year 9999: beyond it DateTimeOffset throws.
    private const long LastSecond = 253402300799;

    /// <summary>Null when the timestamp is good.</summary>
    public static WebhookVerdict.Rejected? Check(string text, string name, DateTimeOffset now)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LastSecond)
            return new("webhook-timestamp-invalid", $"{name} is not a number of seconds since 1970-01-01T00:00:00Z");
        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > Tolerance)
            return new("webhook-timestamp-stale", $"{name} is more than 5 minutes old: sign again when sending again");
        if (age < -Tolerance)
            return new("webhook-timestamp-in-future", $"{name} is more than 5 minutes ahead of this server's clock");
        return null;
    }
}

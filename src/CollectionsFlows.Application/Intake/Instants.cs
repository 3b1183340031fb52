using System.Globalization;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads instants: ISO 8601 with an offset, because a time without one is a different time for everybody.</summary>
internal static class Instants
{
    private const int MaxFractionDigits = 7;

    private static readonly string[] Formats =
        ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", .. Enumerable.Range(1, MaxFractionDigits).Select(digits => $"yyyy-MM-ddTHH:mm:ss.{new string('f', digits)}K")];

    /// <summary>Null when read; else what is wrong.</summary>
    public static string? Read(string text, out DateTimeOffset instant)
    {
        instant = default;
        var offset = OffsetIn(text);
        if (offset < 0)
            return $"{FieldChecks.Shown(text)} has no offset; expected an instant such as 2026-02-03T10:00:00+08:00";
        if (!DateTimeOffset.TryParseExact(Shortened(text, offset), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant))
            return $"{FieldChecks.Shown(text)} is no instant; expected one such as 2026-02-03T10:00:00+08:00";
        return instant.Year is >= 1900 and <= 2200 ? null : $"{FieldChecks.Shown(text)} is out of range; expected a year from 1900 to 2200";
    }

    /// <summary>Where the offset begins; -1 when there is none.</summary>
    private static int OffsetIn(string text)
    {
        var time = text.IndexOf('T', StringComparison.Ordinal);
        if (time < 0)
            return -1;
        return text.EndsWith('Z') ? text.Length - 1 : text.IndexOfAny(['+', '-'], time);
    }

    /// <summary>Some senders write nanoseconds; ticks are as fine as anybody's clock here.</summary>
    private static string Shortened(string text, int offset)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point > 0 && offset - point - 1 is > MaxFractionDigits and <= 9 && text[point..offset].Skip(1).All(char.IsAsciiDigit)
            ? text[..(point + 1 + MaxFractionDigits)] + text[offset..]
            : text;
    }
}

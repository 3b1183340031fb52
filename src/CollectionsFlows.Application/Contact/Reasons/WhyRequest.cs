using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>What somebody wants to know: why a borrower was contacted or not, then, or could be.</summary>
public sealed record WhyRequest
{
    private const int MostPersons = 20;

    /// <summary>The instant asked about; null where a day is asked about, and where both are null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The local day of the borrower asked about.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Only this medium; null: every one the borrower can be reached by.</summary>
    public Channel? Channel { get; init; }

    /// <summary>What the contact would be for; null: as the message that waits, else <see cref="Purpose.Collect"/>.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>How many people would visit.</summary>
    public int? Persons { get; init; }

    /// <summary>Reads the parameters of a query; an empty one asks nothing.</summary>
    /// <param name="at">An instant with its offset, or a date.</param>
    /// <param name="channel">A medium.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="persons">How many people visit.</param>
    /// <param name="errors">Everything wrong with them, by name.</param>
    /// <returns>Null when something is wrong.</returns>
    public static WhyRequest? Read(string? at, string? channel, string? purpose, string? persons, out IReadOnlyList<InputError> errors)
    {
        var wrong = new List<InputError>();
        var (instant, day) = Time(at, wrong);
        var request = new WhyRequest
        {
            At = instant,
            On = day,
            Channel = Word<Channel>("channel", channel, wrong),
            Purpose = Word<Purpose>("purpose", purpose, wrong),
            Persons = Number(persons, wrong),
        };
        if (request is { Persons: not null, Channel: not Core.Contact.Channel.Visit })
            wrong.Add(new(null, "persons", "only a visit has persons; expected together with channel=visit"));
        errors = wrong;
        return wrong.Count == 0 ? request : null;
    }

    private static (DateTimeOffset? At, DateOnly? On) Time(string? text, List<InputError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return default;
        // In a query an unescaped plus sign means a space; no instant has one of its own.
        text = text.Trim().Replace(' ', '+');
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day.Year is >= 1900 and <= 2200)
                return (null, day);
            errors.Add(new(null, "at", $"{FieldChecks.Shown(text)} is out of range; expected a year from 1900 to 2200"));
        }
        else if (text.Contains('T', StringComparison.Ordinal))
        {
            if (Instants.Read(text, out var instant) is not { } problem)
                return (instant, null);
            errors.Add(new(null, "at", problem));
        }
        else
        {
            errors.Add(new(null, "at", $"{FieldChecks.Shown(text)} is no time; expected an instant with its offset such as 2026-03-31T10:00:00+08:00, or a date such as 2026-03-31"));
        }

        return default;
    }

    private static T? Word<T>(string field, string? text, List<InputError> errors)
        where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        foreach (var value in Enum.GetValues<T>())
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == text)
                return value;
        var names = Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
        errors.Add(new(null, field, $"{FieldChecks.Shown(text)} is none; expected one of {string.Join(", ", names)}"));
        return null;
    }

    private static int? Number(string? text, List<InputError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPersons)
            return number;
        errors.Add(new(null, "persons", $"expected a whole number from 1 to {MostPersons}"));
        return null;
    }
}

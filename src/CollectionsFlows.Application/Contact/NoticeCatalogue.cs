using System.Text.Json;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Application.Contact;

/// <summary>The notices the law wants, read from the JSON files beside the packs. Every policy that is read gets them joined: none can leave one out.</summary>
public static class NoticeCatalogue
{
    private static readonly Lazy<IReadOnlyList<NoticeDuty>> ShippedOnce = new(LoadShipped);

    /// <summary>What the product ships, by id.</summary>
    public static IReadOnlyList<NoticeDuty> Shipped() => ShippedOnce.Value;

    /// <summary>The duties of files given as JSON texts, by id, with their calendars joined.</summary>
    /// <exception cref="FormatException">A text is no notice file, an id appears twice, a number is missing or makes no sense, or a calendar is unknown or does not know every year.</exception>
    public static IReadOnlyList<NoticeDuty> Parse(IEnumerable<string> files, IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        var duties = files.SelectMany(Read).OrderBy(duty => duty.Id, StringComparer.Ordinal).Select(duty => Joined(duty, calendars)).ToList();
        if (duties.GroupBy(duty => duty.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FormatException($"Notice '{twice.Key}' appears twice.");
        foreach (var duty in duties)
            if (Fault(duty) is { } fault)
                throw new FormatException($"Notice '{duty.Id}': {fault}.");
        return duties;
    }

    private static IReadOnlyList<NoticeDuty> Read(string text)
    {
        NoticeFile file;
        try
        {
            file = JsonSerializer.Deserialize(text, ContactJson.Default.NoticeFile) ?? throw new FormatException("A notice file cannot be null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a notice file: {e.Message}", e);
        }

        return file.Notices.FirstOrDefault(duty => duty.Jurisdiction != file.Jurisdiction) is { } stray
            ? throw new FormatException($"Notice '{stray.Id}' is for {stray.Jurisdiction}, its file is for {file.Jurisdiction}.")
            : file.Notices;
    }

    private static string? Fault(NoticeDuty duty) => duty switch
    {
        { Channels.Count: 0 } => "no channel to send it by",
        { WithinDays: < 0 or > 366 } => "withinDays is out of range, 0 to 366",
        { RepeatMonths: < 1 or > 120 } => "repeatMonths is out of range, 1 to 120",
        { WaitDays: < 0 or > 366 } => "waitDays is out of range, 0 to 366",
        { PlanMaxMonths: < 1 or > 600 } => "planMaxMonths is out of range, 1 to 600",
        { Period.ReceiptDays: < 0 or > 100 } or { Period.Days: < 0 or > 366 } => "the period is out of range",
        { At: NoticeTrigger.Enforcement, WaitDays: null } => "waitDays is missing",
        { At: NoticeTrigger.InstalmentsUnpaid, Instalments: not >= 1 } => "instalments is missing",
        { At: not NoticeTrigger.Enforcement, WithinDays: null } => "withinDays is missing",
        _ => null,
    };

    private static NoticeDuty Joined(NoticeDuty duty, IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        if (duty.Period is not { } period)
            return duty;
        if (!calendars.TryGetValue(period.Calendar, out var calendar))
            throw new FormatException($"Notice '{duty.Id}' names the unknown calendar '{period.Calendar}'.");

        // A table ends some year; from then on nobody could say when a period does.
        return calendar is ComputedCalendar
            ? duty with { Period = period with { JoinedCalendar = calendar } }
            : throw new FormatException($"Notice '{duty.Id}': the calendar '{period.Calendar}' does not know every year.");
    }

    private static IReadOnlyList<NoticeDuty> LoadShipped()
    {
        var assembly = typeof(NoticeCatalogue).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith("notices/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return Parse(names.Select(Text), PackCatalogue.Shipped().Calendars);

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}

/// <summary>The notices of one jurisdiction as JSON.</summary>
/// <param name="Jurisdiction">Where they bind.</param>
/// <param name="AsOf">The day on which the sources were last read.</param>
/// <param name="Notices">The duties.</param>
internal sealed record NoticeFile(string Jurisdiction, DateOnly AsOf, IReadOnlyList<NoticeDuty> Notices);

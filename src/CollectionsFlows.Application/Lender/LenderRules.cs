using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;

namespace CollectionsFlows.Application.Lender;

/// <summary>A lender's own rules in a folder: <c>packs/*.json</c>, <c>calendars/*.json</c> and <c>content/*.json</c>, in force over the shipped ones.</summary>
public static class LenderRules
{
    /// <summary>The folder of packs.</summary>
    public const string Packs = "packs";

    /// <summary>The folder of calendars.</summary>
    public const string Calendars = "calendars";

    private const string Content = "content";

    /// <summary>The rules in force: the shipped ones with what the folder changes. Null: the shipped ones.</summary>
    /// <exception cref="UsageException">A file is wrong: it is named, with the rule and what was expected.</exception>
    public static PackCatalogue InForce(string? folder)
    {
        var catalogue = CalendarsOnly(folder);
        foreach (var file in folder is null ? [] : Files(folder, Packs))
            catalogue = Read(file, text => With(catalogue, text));
        return catalogue;
    }

    /// <summary>The shipped packs with the folder's calendars: what a pack file is checked against.</summary>
    /// <exception cref="UsageException">A calendar is wrong.</exception>
    public static PackCatalogue CalendarsOnly(string? folder)
    {
        var catalogue = PackCatalogue.Shipped();
        foreach (var file in folder is null ? [] : Files(folder, Calendars))
            catalogue = Read(file, text => catalogue.WithCalendar(text));
        return catalogue;
    }

    /// <summary>What messages are judged by: the shipped lists and what the folder's <c>content/*.json</c> add to them.</summary>
    /// <exception cref="UsageException">A list is wrong.</exception>
    public static ContentRules ContentInForce(string? folder)
    {
        var rules = ContentCatalogue.Shipped();
        foreach (var file in folder is null ? [] : Files(folder, Content))
            rules = Read(file, text => rules.With(text));
        return rules;
    }

    /// <summary>The same for a folder somebody named: it must hold rules.</summary>
    /// <exception cref="UsageException">It holds none, or a file is wrong.</exception>
    public static PackCatalogue Named(string? folder) => folder is null || new[] { Packs, Calendars, Content }.Any(kind => Directory.Exists(Path.Combine(folder, kind)))
        ? InForce(folder)
        : throw new UsageException($"{folder} holds no rules: expected the folder {Packs}/, {Calendars}/ or {Content}/ in it");

    private static PackCatalogue With(PackCatalogue catalogue, string text)
    {
        var errors = new List<string>();
        var more = () => errors.Count > 1 ? $" (and {errors.Count - 1} more: collections rules check FILE lists them)" : "";
        return catalogue.With(text, errors) ?? throw new FormatException(errors[0] + more());
    }

    /// <summary>Reads a rules file.</summary>
    /// <exception cref="UsageException">It is wrong: it is named, with what was expected.</exception>
    public static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(File.ReadAllText(file));
        }
        catch (FormatException problem)
        {
            throw new UsageException($"{file}: {problem.Message}", problem);
        }
    }

    /// <summary>The files of a kind in a folder, in ordinal order; none when there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder, string kind) => Path.Combine(folder, kind) is var path && Directory.Exists(path)
        ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal)
        : [];
}

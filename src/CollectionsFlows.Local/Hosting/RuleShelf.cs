using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Hosting;

/// <summary>
/// A lender's own rules in a folder (a data directory is one): <c>packs/*.json</c>, <c>calendars/*.json</c> and <c>content/*.json</c>, in force over the shipped ones;
/// and <c>rules-used/</c>, where each version is kept from its first use, so that what it judged can be proven later.
/// </summary>
internal static class RuleShelf
{
    private const string Packs = "packs";
    private const string Calendars = "calendars";
    private const string Content = "content";
    private const string Used = "rules-used";

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

    /// <summary>Keeps a lender's versions in a folder before anything is judged by them.</summary>
    /// <exception cref="UsageException">A version was used here with another content.</exception>
    public static void Keep(PackCatalogue catalogue, string folder)
    {
        foreach (var (label, text) in PackArchive.KeptOf(catalogue))
        {
            var path = PathOf(folder, label);
            if (!DurableFile.TryCreate(path, System.Text.Encoding.UTF8.GetBytes(text + "\n")) && !Read(path, kept => PackArchive.AreSame(label, kept, text)))
                throw new UsageException($"{label} was in force here with another content (kept as {path}): raise the \"version\" of what you changed, so that contacts of the past keep their proof");
        }
    }

    /// <summary>Forgets what a folder kept: its journal is about to be written anew.</summary>
    public static void Forget(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, Used)))
            Directory.Delete(Path.Combine(folder, Used), recursive: true);
    }

    /// <summary>Every version at hand: the shipped ones, present and former, and what folders kept.</summary>
    /// <exception cref="FormatException">A kept file is not what was written there.</exception>
    public static PackArchive Archive(params IEnumerable<string> folders)
    {
        var archive = PackArchive.Shipped();
        foreach (var folder in folders.Select(folder => Path.Combine(folder, Used)))
            archive.Add(Files(folder, Packs).Select(File.ReadAllText), Files(folder, Calendars).Select(File.ReadAllText));
        return archive;
    }

    private static PackCatalogue With(PackCatalogue catalogue, string text)
    {
        var errors = new List<string>();
        var more = () => errors.Count > 1 ? $" (and {errors.Count - 1} more: collections rules check FILE lists them)" : "";
        return catalogue.With(text, errors) ?? throw new FormatException(errors[0] + more());
    }

    private static T Read<T>(string file, Func<string, T> read)
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

    private static IEnumerable<string> Files(string folder, string kind) => Path.Combine(folder, kind) is var path && Directory.Exists(path)
        ? Directory.GetFiles(path, "*.json").Order(StringComparer.Ordinal)
        : [];

    private static string PathOf(string folder, string label) => label.StartsWith(RecordedPacks.CalendarPrefix, StringComparison.Ordinal)
        ? Path.Combine(folder, Used, Calendars, $"{label[RecordedPacks.CalendarPrefix.Length..]}.json")
        : Path.Combine(folder, Used, Packs, $"{label}.json");
}

using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Hosting;

/// <summary><c>rules-used/</c> of a data directory: each version of the lender's rules (<see cref="LenderRules"/>) is kept from its first use, so that what it judged can be proven later.</summary>
internal static class RuleShelf
{
    private const string Used = "rules-used";

    /// <summary>Keeps a lender's versions in a folder before anything is judged by them.</summary>
    /// <exception cref="UsageException">A version was used here with another content.</exception>
    public static void Keep(PackCatalogue catalogue, string folder)
    {
        foreach (var (label, text) in PackArchive.KeptOf(catalogue))
        {
            var path = PathOf(folder, label);
            if (!DurableFile.TryCreate(path, System.Text.Encoding.UTF8.GetBytes(text + "\n")) && !LenderRules.Read(path, kept => PackArchive.AreSame(label, kept, text)))
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
            archive.Add(LenderRules.Files(folder, LenderRules.Packs).Select(File.ReadAllText), LenderRules.Files(folder, LenderRules.Calendars).Select(File.ReadAllText));
        return archive;
    }

    private static string PathOf(string folder, string label) => label.StartsWith(RecordedPacks.CalendarPrefix, StringComparison.Ordinal)
        ? Path.Combine(folder, Used, LenderRules.Calendars, $"{label[RecordedPacks.CalendarPrefix.Length..]}.json")
        : Path.Combine(folder, Used, LenderRules.Packs, $"{label}.json");
}

using System.CommandLine;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>verify</c>: re-hashes every chain, re-folds every case, judges every contact again; names the first difference.</summary>
internal static class VerifyVerb
{
    private static readonly Option<string?> DataOption = new("--data") { Description = "A data directory." };
    private static readonly Option<string?> JournalOption = new("--journal") { Description = "A journal.ndjson; a summary.json beside it is checked too." };

    private static readonly Option<string?> Packs = Options.Packs();

    public static Command Create()
    {
        var command = new Command("verify", "Recomputes every hash, state and contact decision from the records; exit 1 and the first difference on any.") { DataOption, JournalOption, Packs };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (data, journal) = (arguments.GetValue(DataOption), arguments.GetValue(JournalOption));
        var verdict = (data, journal) switch
        {
            (not null, null) => await DataAsync(data, cancellation),
            (null, not null) => await JournalFileVerification.RunAsync(journal, ArchiveFor(journal, arguments.GetValue(Packs)), cancellation),
            _ => throw new UsageException("verify takes either --data DIR or --journal FILE"),
        };
        await (verdict.Difference is null ? arguments.InvocationConfiguration.Output : arguments.InvocationConfiguration.Error)
            .WriteLineAsync(verdict.Difference ?? $"verified: {verdict.Facts} facts of {verdict.Cases} cases, {verdict.Contacts} contacts judged again, no difference");
        return verdict.Difference is null ? CommandLine.Done : CommandLine.No;
    }

    /// <summary>What a replay kept beside its journal, and the rules of a folder, in force and used there before.</summary>
    private static PackArchive ArchiveFor(string journal, string? folder)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(journal))!;
        var archive = RuleShelf.Archive(folder is null ? [beside] : [beside, folder]);
        archive.Add(LenderRules.Named(folder));
        return archive;
    }

    private static async Task<Verification> DataAsync(string directory, CancellationToken cancellation)
    {
        var packs = RuleShelf.Archive(directory);
        var keys = StoreKeys.LoadOrCreate(directory, Environment.GetEnvironmentVariable(StoreKeys.EnvironmentVariable));
        await using var store = await SqliteStore.OpenAsync(directory, keys, readOnly: true);
        try
        {
            return await StoreVerification.RunAsync(store, packs, cancellation);
        }
        catch (Exception damage) when (damage is Microsoft.Data.Sqlite.SqliteException or System.Text.Json.JsonException or FormatException or InvalidOperationException)
        {
            return new Verification($"{directory} is damaged: {damage.Message.ReplaceLineEndings(" ")}", 0, 0, 0);
        }
    }
}

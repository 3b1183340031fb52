using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Local.Terminal;
using CollectionsFlows.Simulation.Replay;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>replay</c>: runs a recorded history in virtual time, as fast as the machine can.</summary>
internal static class ReplayVerb
{
    private static readonly Option<string> Loans = Options.Text("--loans", "The loans file (CSV or NDJSON).");
    private static readonly Option<string> Events = Options.Text("--events", "The events file (NDJSON).");
    private static readonly Option<string> PolicyOption = Options.Text("--policy", "A shipped strategy or a policy file.");
    private static readonly Option<DateOnly?> From = Options.OptionalDate("--from", "First day, local to each borrower. Without it: 31 days before the first due date, or the day before the first event.");
    private static readonly Option<DateOnly> Until = Options.Date("--until", "Last day, local to each borrower; run to its end.");
    private static readonly Option<string> Out = Options.Text("--out", "The directory for cases.csv, contacts.csv, journal.ndjson and summary.json.");
    private static readonly Option<string> Store = Options.OneOf("--store", "Where cases live meanwhile.", "memory", "memory", "sqlite");

    private static readonly Option<string?> Packs = Options.Packs();

    public static Command Create()
    {
        var command = new Command("replay", "Runs a recorded history in virtual time and writes what would have happened.") { Loans, Events, PolicyOption, From, Until, Out, Store, Packs };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var error = arguments.InvocationConfiguration.Error;
        var catalogue = PolicyCatalogue.Shipped();
        var rules = LenderRules.Named(arguments.GetValue(Packs));
        if (LoadPolicy(catalogue, arguments.GetRequiredValue(PolicyOption), error) is not { } policy
            || InputFiles.ReadLoans(arguments.GetRequiredValue(Loans), error) is not { } loans
            || OpenEvents(arguments.GetRequiredValue(Events), error) is not { } events)
        {
            return CommandLine.BadInput;
        }

        using (events)
        {
            var until = arguments.GetValue(Until);
            var from = arguments.GetValue(From) ?? FirstDay(loans, events);
            if (from > until)
            {
                throw new UsageException($"--from {from:yyyy-MM-dd} is after --until {until:yyyy-MM-dd}");
            }

            var directory = arguments.GetRequiredValue(Out);
            var request = new ReplayRequest
            {
                Loans = loans,
                Events = events,
                PolicyOf = _ => policy,
                From = from,
                Until = until,
                Templates = catalogue.Templates,
                Lender = LenderSettings.Default,
                Packs = rules.Packs,
                Content = LenderRules.ContentInForce(arguments.GetValue(Packs)),
                AddressSecret = SHA256.HashData(await File.ReadAllBytesAsync(arguments.GetRequiredValue(Loans), cancellation)),
                OpenStore = arguments.GetValue(Store) == "sqlite" ? time => OpenSqliteAsync(Path.Combine(directory, ".replay-store"), time) : null,
            };
            RuleShelf.Forget(directory);
            RuleShelf.Keep(rules, directory); // With a lender's rules the journal needs them to be verified.
            var summary = await TerminalProgress.RunAsync(
                "replay", loans.Count, "case-days",
                tell => ReplayRun.ExecuteAsync(request, directory, new Teller(tell), cancellation));
            Print(arguments.InvocationConfiguration.Output, summary, directory);
            return CommandLine.Done;
        }
    }

    private static Policy? LoadPolicy(PolicyCatalogue catalogue, string name, TextWriter error)
    {
        var check = catalogue.Load(name);
        foreach (var problem in check.Errors)
        {
            error.WriteLine($"{name}:{problem}");
        }

        return check.Policy;
    }

    private static ReplayEventsFile? OpenEvents(string path, TextWriter error)
    {
        var events = ReplayEventsFile.Open(path, out var errors);
        foreach (var problem in errors)
        {
            error.WriteLine($"{path}: {problem}");
        }

        return events;
    }

    private static DateOnly FirstDay(IReadOnlyList<ImportedLoan> loans, ReplayEventsFile events)
    {
        var firstDue = loans.Min(loan => loan.Terms.Instalments[0].DueOn).AddDays(-31);
        return events.FirstAt is { } first && DateOnly.FromDateTime(first.UtcDateTime).AddDays(-1) is var day && day < firstDue ? day : firstDue;
    }

    /// <summary>A store of its own in the output directory; one left by an earlier replay is replaced.</summary>
    private static async ValueTask<ReplayStore> OpenSqliteAsync(string directory, TimeProvider time)
    {
        if (File.Exists(DataDirectory.Database(directory)))
        {
            Directory.Delete(directory, recursive: true);
        }

        Directory.CreateDirectory(directory);
        var store = await SqliteStore.OpenAsync(directory, StoreKeys.LoadOrCreate(directory, environment: null), time);
        return new ReplayStore(store, store, store, new FileEvidenceArchive(directory, store), store);
    }

    private static void Print(TextWriter output, ReplaySummary summary, string directory)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Loans} loans from {summary.From:yyyy-MM-dd} until {summary.Until:yyyy-MM-dd}: {string.Join(", ", summary.ByStatus.Select(status => $"{status.Value} {status.Key}"))}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Facts} facts, {summary.Contacts.Values.Sum()} contacts judged ({string.Join(", ", summary.Contacts.Select(verdict => $"{verdict.Value} {verdict.Key}"))})"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.CaseDays:N0} case-days in {summary.ElapsedSeconds:0.0} s: {summary.CaseDays / Math.Max(0.001, summary.ElapsedSeconds):N0} case-days/s"));
        output.WriteLine($"written to {directory}: cases.csv, contacts.csv, journal.ndjson, summary.json");
    }

    private sealed class Teller(Action<double, long> tell) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value) => tell(value.LoansDone, value.CaseDays);
    }
}

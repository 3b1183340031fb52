using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Security.Cryptography;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Simulation.Portfolio;
using CollectionsFlows.Simulation.Replay;

namespace CollectionsFlows.Benchmarks;

/// <summary>Case-days a second of a replay in memory: six months of a generated portfolio, read from files as the <c>replay</c> verb reads them.</summary>
/// <remarks>The files are the same for the same number of loans, so the printed digest tells whether a change changed what is decided.</remarks>
internal static class ReplayBenchmark
{
    private const ulong Seed = 1;
    private const int Months = 6;

    /// <summary>Runs one replay. Peak memory is that of the whole process, generating and reading the files included.</summary>
    public static async Task RunAsync(int loans)
    {
        var directory = Directory.CreateTempSubdirectory("replay-benchmark-").FullName;
        try
        {
            var options = new PortfolioOptions { Loans = loans };
            var until = options.From.AddMonths(Months).AddDays(-1);
            var (loansFile, eventsFile) = Generate(options, until, directory);
            Print("files written", Peak());
            var (imported, events) = Read(loansFile, eventsFile);
            using (events)
            {
                Print("files read", Peak());
                await MeasureAsync(Request(imported, events, options.From, until, loansFile), Path.Combine(directory, "out"));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task MeasureAsync(ReplayRequest request, string directory)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var paused = GC.GetTotalPauseDuration();
        var watch = Stopwatch.StartNew();
        var summary = await ReplayRun.ExecuteAsync(request, directory);
        var wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalSeconds;
        Print("loans", summary.Loans.ToString("N0", CultureInfo.InvariantCulture));
        Print("case-days", summary.CaseDays.ToString("N0", CultureInfo.InvariantCulture));
        Print("facts", summary.Facts.ToString("N0", CultureInfo.InvariantCulture));
        Print("contacts judged", summary.Contacts.Values.Sum().ToString("N0", CultureInfo.InvariantCulture));
        Print("wall", $"{wall:0.0} s = {summary.CaseDays / wall:N0} case-days/s");
        Print("processor", $"{processor:0.0} s = {summary.CaseDays / processor:N0} case-days per processor second, of which GC paused {(GC.GetTotalPauseDuration() - paused).TotalSeconds:0.0} s ({(GCSettings.IsServerGC ? "server" : "workstation")} GC)");
        Print("facts per processor second", (summary.Facts / processor).ToString("N0", CultureInfo.InvariantCulture));
        Print("allocated", $"{(GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)summary.CaseDays:N0} bytes per case-day");
        Print("peak working set", Peak());
        Print("journal", summary.Sha256.Journal);
        Print("contacts", summary.Sha256.Contacts);
        Print("cases", summary.Sha256.Cases);
    }

    /// <summary>Loans and events, one loan at a time. Events come loan by loan, not by time: a replay takes them in any order.</summary>
    private static (string Loans, string Events) Generate(PortfolioOptions options, DateOnly until, string directory)
    {
        var (loans, events) = (Path.Combine(directory, "loans.csv"), Path.Combine(directory, "events.ndjson"));
        using (var file = new StreamWriter(loans))
        {
            LoansFileWriter.Write(file, new PortfolioGenerator(Seed).Loans(options), PortfolioGenerator.AttributeNames);
        }

        using (var file = new StreamWriter(events))
        {
            var behaviour = DemoPortfolio.Behaviour(Seed);
            foreach (var line in new PortfolioGenerator(Seed).Loans(options).SelectMany(loan => behaviour.EventsOf(loan, options.From, until)))
            {
                file.Write(line.Json);
                file.Write('\n');
            }
        }

        return (loans, events);
    }

    private static (IReadOnlyList<ImportedLoan> Loans, ReplayEventsFile Events) Read(string loansFile, string eventsFile)
    {
        var loans = LoansFile.ReadFile(loansFile);
        var events = ReplayEventsFile.Open(eventsFile, out var errors);
        return loans.Errors.Count == 0 && events is not null
            ? (loans.Loans, events)
            : throw new InvalidDataException($"the generated files cannot be read: {loans.Errors.Concat(errors).First()}");
    }

    private static ReplayRequest Request(IReadOnlyList<ImportedLoan> loans, ReplayEventsFile events, DateOnly from, DateOnly until, string loansFile)
    {
        var catalogue = PolicyCatalogue.Shipped();
        return new ReplayRequest
        {
            Loans = loans,
            Events = events,
            PolicyOf = terms => catalogue.Find(ShippedPolicies.PolicyOf(terms))!.Policy,
            From = from,
            Until = until,
            Templates = catalogue.Templates,
            Lender = new("Example Lender", "+1 202 555 0100", "https://pay.example.com") { MailingAddress = "100 Example Street, Anytown" },
            Packs = PackCatalogue.Shipped().Packs,
            AddressSecret = SHA256.HashData(File.ReadAllBytes(loansFile)),
        };
    }

    /// <summary>The most memory the process has had resident, as the kernel counts it; on other systems as the runtime does.</summary>
    private static string Peak()
    {
        const string Status = "/proc/self/status";
        if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024d:N0} MiB");
        }

        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{process.PeakWorkingSet64 / 1048576d:N0} MiB");
    }

    private static void Print(string name, string value) => Console.WriteLine($"{name,-28} {value}");
}

using System.CommandLine;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Local.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>import</c>: enrols a portfolio.</summary>
internal static class ImportVerb
{
    private static readonly Option<string> Data = Options.Text("--data", "The data directory; created when new. No host may be serving it.");
    private static readonly Option<string> Loans = Options.Text("--loans", "The loans file (CSV or NDJSON).");
    private static readonly Option<string?> PolicyOption = new("--policy") { Description = "A shipped strategy or a policy file. Without it each loan gets the one that fits it." };
    private static readonly Option<bool> Partial = new("--partial") { Description = "Import the good loans although others are bad." };

    public static Command Create()
    {
        var command = new Command("import", "Enrols a portfolio; with any bad row nothing is imported and every bad row is listed.") { Data, Loans, PolicyOption, Partial };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var directory = arguments.GetRequiredValue(Data);
        var path = arguments.GetRequiredValue(Loans);
        var isPartial = arguments.GetValue(Partial);
        var file = LoansFile.ReadFile(path);
        if (file.Errors.Count > 0 && !isPartial)
        {
            InputFiles.Write(path, file.Errors, error);
            await error.WriteLineAsync($"{path}: nothing was imported: {file.BadLoans} bad loans, {file.Loans.Count} good ones (--partial imports those)");
            return CommandLine.BadInput;
        }

        Directory.CreateDirectory(directory);
        using var clock = await VirtualClock.OfAsync(directory); // A directory that lives on virtual time stays on it.
        await using var system = await CaseSystem.OpenAsync(directory, clock?.Time ?? TimeProvider.System, NullLogger.Instance);
        if (PolicyOf(system, arguments.GetValue(PolicyOption), error) is not { } policyOf)
        {
            return CommandLine.BadInput;
        }

        var result = await system.Import.ImportAsync(file, policyOf, isPartial, cancellation);
        InputFiles.Write(path, result.Errors, error);
        if (result.Errors.Count > 0 && !isPartial)
        {
            await error.WriteLineAsync($"{path}: nothing was imported");
            return CommandLine.BadInput;
        }

        await system.StartAsync(cancellation);
        await system.Pump.WhenQuietAsync(cancellation);
        await output.WriteLineAsync($"{result.Enrolled} loans enrolled, {result.Unchanged} unchanged, {result.Refused} refused");
        return result.Errors.Count > 0 ? CommandLine.BadInput : CommandLine.Done;
    }

    private static Func<Core.Loans.LoanTerms, PolicyReference>? PolicyOf(CaseSystem system, string? name, TextWriter error)
    {
        if (name is null)
        {
            return system.Policies.DefaultFor;
        }

        if (system.Policies.Take(name, out var errors) is { } policy)
        {
            var reference = new PolicyReference(policy.Name, policy.Version);
            return _ => reference;
        }

        foreach (var problem in errors)
        {
            error.WriteLine($"{name}:{problem}");
        }

        return null;
    }
}

using System.CommandLine;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Hosting;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>gate FILE</c>: judges contacts written in a file.</summary>
internal static class GateVerb
{
    private static readonly Argument<string> CaseFile = new("FILE") { Description = "A JSON array of contacts, or - for standard input." };

    private static readonly Option<string?> Packs = Options.Packs();

    public static Command Create()
    {
        var command = new Command("gate", "Judges contact-gate cases; prints one verdict a line, exit 1 where an expectation differs.") { CaseFile, Packs };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var file = arguments.GetRequiredValue(CaseFile);
        var packs = LenderRules.Named(arguments.GetValue(Packs)).Packs;
        var json = file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
        try
        {
            var results = GateCases.Evaluate(json, packs);
            foreach (var hint in GateCaseHints.Of(json, packs))
            {
                arguments.InvocationConfiguration.Error.WriteLine($"{file}: {hint}");
            }

            foreach (var result in results)
            {
                arguments.InvocationConfiguration.Output.WriteLine(result.ToJsonLine());
            }

            foreach (var result in results.Where(result => result.Mismatch is not null))
            {
                arguments.InvocationConfiguration.Error.WriteLine($"{file}: {result.Name}: {result.Mismatch}");
            }

            return results.Any(result => result.Mismatch is not null) ? CommandLine.No : CommandLine.Done;
        }
        catch (FormatException problem)
        {
            throw new UsageException($"{file}: {problem.Message}", problem);
        }
    }
}

using System.CommandLine;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Application.Policies;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>policy list</c>, <c>policy show NAME</c>, <c>policy check FILE</c>.</summary>
internal static class PolicyVerb
{
    public static Command Create()
    {
        var command = new Command("policy", "Shipped strategies, and checking your own.");
        var list = new Command("list", "Lists the shipped strategies.");
        list.SetAction(List);
        var name = new Argument<string>("NAME") { Description = "A shipped strategy." };
        var show = new Command("show", "Prints a strategy as JSON, ready to be copied and changed.") { name };
        show.SetAction(arguments => Show(arguments, arguments.GetRequiredValue(name)));
        var file = new Argument<string>("FILE") { Description = "A policy file." };
        var check = new Command("check", "Lists every error of a policy file and of the texts it sends, with its JSON path.") { file };
        check.SetAction(arguments => Check(arguments, arguments.GetRequiredValue(file)));
        command.Add(list);
        command.Add(show);
        command.Add(check);
        return command;
    }

    private static int List(ParseResult arguments)
    {
        foreach (var entry in PolicyCatalogue.Shipped().All())
        {
            arguments.InvocationConfiguration.Output.WriteLine($"{entry.Policy.Name,-22} {entry.Policy.Version,3}  {entry.Policy.Title}");
        }

        return CommandLine.Done;
    }

    private static int Show(ParseResult arguments, string name)
    {
        var catalogue = PolicyCatalogue.Shipped();
        if (catalogue.Find(name) is not { } entry)
        {
            throw new UsageException($"there is no policy '{name}'; shipped are {string.Join(", ", catalogue.All().Select(known => known.Policy.Name))}");
        }

        arguments.InvocationConfiguration.Output.WriteLine(entry.Text.TrimEnd());
        return CommandLine.Done;
    }

    private static int Check(ParseResult arguments, string file)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var check = PolicyCatalogue.Shipped().CheckWithTexts(File.ReadAllBytes(file));
        foreach (var problem in check.Errors)
        {
            error.WriteLine($"{file}:{problem}");
        }

        if (check.Policy is not { } policy)
        {
            return CommandLine.No;
        }

        output.WriteLine($"{file}: {policy.Name} version {policy.Version} is valid: {policy.Steps.Count} steps in {policy.Stages.Count} stages");
        return CommandLine.Done;
    }
}

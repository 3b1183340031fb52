using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary>Runs a command line in this process.</summary>
internal static class Cli
{
    public const string Header =
        "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue";

    public const string Row = "L-1,B-1,Example Borrower,+13125550100,b1@example.com,en-US,US,America/Chicago,short-term,creditor,USD,0,1,2026-03-01,100,0,0";

    public static async Task<(int Exit, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    public static string Write(TemporaryDirectory directory, string name, string text)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>plan</c>: prints the schedule of a level-instalment plan.</summary>
internal static class PlanVerb
{
    private static readonly Option<decimal> Principal = Options.Number("--principal", "What is lent, in the currency.");
    private static readonly Option<decimal> AnnualRate = Options.Number("--annual-rate", "Interest a year: a fraction below 1 (0.12), or percent from 1 on (12).");
    private static readonly Option<int> Instalments = new("--instalments") { Description = "How many, monthly.", Required = true, HelpName = "N" };
    private static readonly Option<DateOnly> Start = Options.Date("--start", "The day from which interest counts.");
    private static readonly Option<DateOnly> FirstDue = Options.Date("--first-due", "The first due date; the others are on the same day of the following months.");
    private static readonly Option<string> DayCountName = Options.OneOf("--day-count", "How days are counted.", "act/act", "act/act", "30/360");
    private static readonly Option<string> CurrencyCode = new("--currency") { Description = "ISO 4217; decides the rounding.", DefaultValueFactory = _ => "USD" };

    public static Command Create()
    {
        var command = new Command("plan", "Prints the schedule of a payment plan as JSON.") { Principal, AnnualRate, Instalments, Start, FirstDue, DayCountName, CurrencyCode };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        if (!Currency.TryParse(arguments.GetValue(CurrencyCode), out var currency))
        {
            throw new UsageException($"--currency: '{arguments.GetValue(CurrencyCode)}' is no ISO 4217 currency; expected for example USD or CNY");
        }

        var dayCount = arguments.GetValue(DayCountName) == "30/360" ? DayCount.Thirty360 : DayCount.ActualActual;
        try
        {
            var rows = Amortisation.Level(
                arguments.GetValue(Principal), Rate(arguments.GetValue(AnnualRate)), arguments.GetValue(Instalments),
                arguments.GetValue(Start), arguments.GetValue(FirstDue), dayCount, currency);
            arguments.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(rows, PlanJson.Default.IReadOnlyListScheduleRow));
            return CommandLine.Done;
        }
        catch (ArgumentException problem)
        {
            throw new UsageException(problem.Message.ReplaceLineEndings(" "), problem);
        }
    }

    /// <summary>The contract does not say whether 12 % is 0.12 or 12; nobody lends at 100 % and more, so from 1 on it is percent.</summary>
    private static decimal Rate(decimal given) => given >= 1m ? given / 100m : given;
}

/// <summary>The JSON shape of a schedule.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(IReadOnlyList<ScheduleRow>))]
internal sealed partial class PlanJson : JsonSerializerContext;

using System.Globalization;

namespace CollectionsFlows.Core.Cases;

/// <summary>Money paid beyond what is owed is the borrower's: one task to give it back, for as much as there is.</summary>
internal static class CreditDecisions
{
    private const string Kind = "refund-credit";

    /// <summary>Makes the open refund task match the credit that nobody has dealt with. Does nothing twice.</summary>
    public static void Settle(Decision decision)
    {
        var state = decision.State;
        var credit = Math.Max(0m, decision.Position.Credit - state.CreditRefunded);
        var open = state.Tasks.FirstOrDefault(task => task.Kind == Kind);
        if (open?.Amount == credit || (open is null && credit == 0m))
        {
            return;
        }

        if (open is not null)
        {
            // A task for another amount must not be worked: a reversal or a further payment has changed it.
            decision.Record(new CaseFact.TaskCancelled(open.Id, $"the credit is {Spoken(credit)} {state.Terms.Currency} now"));
        }

        if (credit > 0m)
        {
            WorkDecisions.Open(
                decision, Kind, WorkOrigin.Case, 5, $"{Spoken(credit)} {state.Terms.Currency} was paid beyond what is owed", amount: credit);
        }
    }

    private static string Spoken(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}

using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Says what is wrong with an input whatever the case: amounts, dates and schedules that no account can be kept with.</summary>
/// <remarks>Intake checks the same before anything is stored; the decider is total all the same, for inputs live longer than the code that let them in.</remarks>
internal static class InputChecks
{
    /// <summary>Far beyond any debt, and far from where sums of decimals overflow.</summary>
    private const decimal MostMoney = 1_000_000_000_000m;

    private const decimal HighestRate = 100m;

    // Some room before and after, so that adding days and zones to a date never leaves the calendar.
    private static readonly DateOnly FirstDay = new(1900, 1, 1);
    private static readonly DateOnly LastDay = new(9900, 1, 1);

    /// <summary>What is wrong, in words for the journal; null when the input can be worked with.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="currency">The loan's currency; null while there is no case.</param>
    public static string? Problem(CaseEvent happened, Currency? currency) => happened switch
    {
        CaseEvent.LoanEnrolled enrolled => Terms(enrolled.Terms),
        CaseEvent.LoanUpdated updated => Terms(updated.Terms),
        CaseEvent.PaymentPosted posted => Amount(posted.Amount, posted.Currency) ?? Day(posted.ValueOn),
        CaseEvent.PromiseMade made => Amount(made.Amount, currency) ?? Day(made.DueOn),
        CaseEvent.PlanAccepted accepted => Plan(accepted, currency),
        CaseEvent.TrackStarted started => Day(started.From) ?? Day(started.Until)
            ?? (started.Until <= started.From ? $"it would end on {started.Until:yyyy-MM-dd}, before it begins" : null),
        CaseEvent.TrackEnded ended => Day(ended.Until),
        _ => null,
    };

    private static string? Amount(decimal amount, Currency? currency)
    {
        if (amount is <= 0m or > MostMoney)
        {
            return $"{amount} is no amount: expected more than 0, at most {MostMoney}";
        }

        return currency is { } known && known.Round(amount) != amount ? $"{amount} is no whole number of minor units of {known}" : null;
    }

    private static string? Day(DateOnly? day) => day < FirstDay || day > LastDay ? $"{day:yyyy-MM-dd} is outside the calendar" : null;

    private static string? Plan(CaseEvent.PlanAccepted accepted, Currency? currency)
    {
        if (accepted.Confirmation is not ("written" or "electronic"))
        {
            return $"a plan is confirmed in writing or electronically, not '{accepted.Confirmation}'"; // S13
        }

        DateOnly? before = null;
        foreach (var instalment in accepted.Instalments)
        {
            if (instalment.DueOn <= before)
            {
                return $"the instalment due on {instalment.DueOn:yyyy-MM-dd} is not after the one that precedes it";
            }

            if ((Amount(instalment.Amount, currency) ?? Day(instalment.DueOn)) is { } problem)
            {
                return problem;
            }

            before = instalment.DueOn;
        }

        return before is null ? "the plan has no instalments" : null;
    }

    private static string? Terms(LoanTerms terms)
    {
        if (terms.TimeZones.Count == 0)
        {
            return "the loan has no time zone";
        }

        if (terms.TimeZones.FirstOrDefault(zone => !BorrowerClock.Knows(zone)) is { } unknown)
        {
            return $"'{unknown}' is no time zone";
        }

        return terms.PenaltyAnnualRate is < 0m or > HighestRate
            ? $"{terms.PenaltyAnnualRate} is no yearly rate: expected a fraction, 0 to {HighestRate}"
            : Schedule(terms.Instalments);
    }

    private static string? Schedule(IReadOnlyList<Instalment> instalments)
    {
        Instalment? before = null;
        foreach (var instalment in instalments)
        {
            if (before is not null && (instalment.Number <= before.Number || instalment.DueOn < before.DueOn))
            {
                return $"instalment {instalment.Number} is not in order of number and due date";
            }

            if (Share(instalment.PrincipalDue) || Share(instalment.InterestDue) || Share(instalment.FeesDue))
            {
                return $"instalment {instalment.Number} has an amount outside 0 to {MostMoney}";
            }

            if (Day(instalment.DueOn) is { } problem)
            {
                return problem;
            }

            before = instalment;
        }

        return before is null ? "the loan has no instalments" : null;

        static bool Share(decimal amount) => amount is < 0m or > MostMoney;
    }
}

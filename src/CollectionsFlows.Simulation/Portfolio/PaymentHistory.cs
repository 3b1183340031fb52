using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Turns a loan's path into payments: which day, how much, what bounced.</summary>
internal sealed class PaymentHistory(LoanTerms terms, AccountRules rules, PaymentFigures figures, BehaviourAssumptions assumed, SeededStream draw)
{
    /// <summary>Late payments end a week before the next due date, so that none is overtaken by an early one.</summary>
    private const int QuietDays = 7;

    private const int MostDaysToRepeat = 5;

    private readonly BorrowerLedger ledger = new(terms, rules);
    private bool declaredHardship;

    public List<LivedMonth> Of(IEnumerable<PathMonth> path, DateOnly from) => [.. path.Select(month => Lived(month, from))];

    private LivedMonth Lived(PathMonth month, DateOnly from) =>
        month.Pays == 0 ? Missed(month) :
        month is { BehindBefore: 0, Instalment: not null } ? KeptCurrent(month, from) :
        CaughtUp(month);

    /// <summary>The month's instalment is paid, on time or some days after.</summary>
    private LivedMonth KeptCurrent(PathMonth month, DateOnly from)
    {
        var isLate = draw.Happens(assumed.PaidSomeDaysLate);
        var on = isLate ? month.Opens.AddDays(draw.Between(1, 12))
            : draw.Happens(assumed.PaidOnDueDate) ? month.Opens
            : month.Opens.AddDays(-draw.Between(1, 6));
        return Paying(month, on < from ? from : on);
    }

    /// <summary>One or more overdue instalments are paid, on any day of the month.</summary>
    private LivedMonth CaughtUp(PathMonth month) => Paying(month, LateDay(month));

    private LivedMonth Paying(PathMonth month, DateOnly on)
    {
        MadePayment? bounced = null;
        if (draw.Happens(assumed.BouncedAndRepeated) && on.AddDays(MostDaysToRepeat) <= month.Closes.AddDays(-QuietDays))
        {
            bounced = new(on, ledger.Owed(month.Pays, on));
            on = on.AddDays(draw.Between(4, MostDaysToRepeat));
        }

        var payment = new MadePayment(on, ledger.Owed(month.Pays, on));
        ledger.Pay(payment.Amount, on, isWhole: month.Pays == 1 && on <= month.Opens);
        return new(month) { Payment = payment, Bounced = bounced };
    }

    /// <summary>Nothing is paid, or a part that settles no instalment.</summary>
    private LivedMonth Missed(PathMonth month)
    {
        var lived = new LivedMonth(month);
        if (!declaredHardship && draw.Happens(assumed.Hardship))
        {
            declaredHardship = true;
            var pauseFrom = month.Opens.AddDays(draw.Between(2, 9));
            lived = lived with { Hardship = new(pauseFrom, pauseFrom.AddDays(draw.Between(30, 60))) };
            ledger.Pause(lived.Hardship.From, lived.Hardship.Until);
        }

        var owing = month.BehindAfter;
        lived = lived with { OwedAfterTenDays = ledger.Owed(owing, month.Opens.AddDays(10)) };
        if (draw.Happens(assumed.BouncedForGood))
        {
            var on = LateDay(month);
            lived = lived with { Bounced = new(on, ledger.Owed(1, on)) };
        }

        var missed = figures.FallingFurtherBehind[Math.Min(month.BehindBefore, PaymentFigures.States - 1)];
        return draw.Weighted([missed.PaidNothing, missed.Months - missed.PaidNothing]) == 0 ? lived : lived with { Payment = Part(month, owing) };
    }

    /// <summary>A measured share of everything owed, but never all of the oldest instalment.</summary>
    private MadePayment? Part(PathMonth month, int owing)
    {
        var on = LateDay(month);
        var share = ShareAt(figures.ShareOfStatementPaid[Math.Min(owing, PaymentFigures.States - 1)].Quantiles);
        var amount = terms.Currency.Round(Math.Min(ledger.Owed(owing, on) * share, ledger.Owed(1, on) * 0.9m));
        // Nobody transfers cents.
        if (amount < 1m) return null;
        ledger.Pay(amount, on, isWhole: false);
        return new(on, amount, IsPart: true);
    }

    /// <summary>Between two quantiles as likely as the measured levels say, in a straight line; the outer tenth stops at the outermost.</summary>
    private decimal ShareAt(IReadOnlyList<decimal> quantiles)
    {
        var level = draw.Between(0, 9_999) / 10_000m;
        var levels = PaymentFigures.QuantileLevels;
        if (level <= levels[0]) return quantiles[0];
        for (var upper = 1; upper < levels.Count; upper++)
        {
            if (level <= levels[upper])
                return quantiles[upper - 1] + (quantiles[upper] - quantiles[upper - 1]) * (level - levels[upper - 1]) / (levels[upper] - levels[upper - 1]);
        }

        return quantiles[^1];
    }

    private DateOnly LateDay(PathMonth month) => month.Opens.AddDays(draw.Between(1, month.Closes.DayNumber - month.Opens.DayNumber - QuietDays));
}

using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Cases;

/// <summary>Says which condition of a step does not hold, in words for the journal.</summary>
internal static class StepConditions
{
    public static string? Unmet(Decision decision, LadderStep step)
    {
        var when = step.When;
        var daysPastDue = decision.Position.DaysPastDue;
        var overdue = decision.Position.Overdue.Total;
        var tries = decision.State.TriesWithoutAnswer;
        if (daysPastDue < when.MinDaysPastDue || daysPastDue > when.MaxDaysPastDue)
        {
            return $"{daysPastDue} days past due is outside {Range(when.MinDaysPastDue, when.MaxDaysPastDue)}";
        }

        if (overdue < when.MinOverdue || overdue > when.MaxOverdue)
        {
            return $"{overdue} overdue is outside {Range(when.MinOverdue, when.MaxOverdue)}";
        }

        if (tries < when.MinTries || tries > when.MaxTries)
        {
            return $"{tries} tries without an answer is outside {Range(when.MinTries, when.MaxTries)}";
        }

        var band = decision.State.Risk?.Band ?? RiskBand.Low;
        if (when.Risk is { } bands && !bands.Contains(band))
        {
            return $"the risk is {band}, the step is for {string.Join(", ", bands)}";
        }

        return when.Answered is { } answered && answered != Answered(decision, step)
            ? (answered ? "the borrower has not answered" : "the borrower has answered")
            : null;
    }

    /// <summary>Since the step it follows, where it follows one; else since the loan fell behind.</summary>
    private static bool Answered(Decision decision, LadderStep step)
    {
        var delinquency = decision.State.Delinquency;
        var since = step.At.After is { } after ? delinquency?.Steps.GetValueOrDefault(after)?.LastTakenAt : delinquency?.BeganAt;
        return decision.State.LastAnswerAt is { } answer && (since is null || answer >= since);
    }

    private static string Range<T>(T? from, T? to)
        where T : struct => $"{(from is { } low ? $"{low}" : "…")} to {(to is { } high ? $"{high}" : "…")}";
}

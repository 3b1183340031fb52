using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Cases;

/// <summary>Keeps the risk score live (S22): assessed when the case moves, recorded when the band changes.</summary>
internal static class RiskDecisions
{
    public static void Assess(Decision decision)
    {
        var assessment = RiskScore.Assess(InputsOf(decision), decision.Policy.Risk);
        if (decision.State.Risk?.Band != assessment.Band)
        {
            decision.Record(new CaseFact.RiskAssessed(assessment.Score, assessment.Band, assessment.Reasons));
        }
    }

    private static RiskInputs InputsOf(Decision decision)
    {
        var state = decision.State;
        var position = decision.Position;
        return new RiskInputs
        {
            DaysPastDue = position.DaysPastDue,
            Overdue = position.Overdue.Total,
            Balance = position.Balance.Total,
            CreditScore = Attribute(state, "creditScore"),
            MonthlyIncome = Attribute(state, "monthlyIncome"),
            OtherDebt = Attribute(state, "otherDebt"),
            ReachableByPhoneOrSms = state.Channels.Contains(Contact.Channel.Sms) || state.Channels.Contains(Contact.Channel.Phone),
            TriesWithoutAnswer = state.TriesWithoutAnswer,
            AnsweredRecently = state.LastAnswerAt is { } answer && decision.Now - answer < TimeSpan.FromDays(30),
            BrokenPromises = state.BrokenPromises,
        };
    }

    private static decimal? Attribute(CaseState state, string name) =>
        state.Terms.Attributes.TryGetValue(name, out var text)
        && decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Cases;

/// <summary>Keeps the risk score live (S22): assessed when the case moves, recorded when the band changes.</summary>
internal static class RiskDecisions
{
    public static void Assess(Decision decision)
    {
        var state = decision.State;
        var reachable = state.Channels.Contains(Channel.Sms) || state.Channels.Contains(Channel.Phone);
        var inputs = RiskInputs.Of(state.Terms, decision.Position, reachable) with
        {
            TriesWithoutAnswer = state.TriesWithoutAnswer,
            AnsweredRecently = state.Delinquency is { } delinquency && state.LastAnswerAt >= delinquency.BeganAt,
            BrokenPromises = state.BrokenPromises,
        };
        var assessment = RiskScore.Assess(inputs, decision.Policy.Risk);
        if (state.Risk?.Band != assessment.Band)
        {
            decision.Record(new CaseFact.RiskAssessed(assessment.Score, assessment.Band, assessment.Reasons));
        }
    }
}

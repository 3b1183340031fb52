using System.Diagnostics;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Journal;

/// <summary>Says in plain English what a fact means: for the console, the command line and the dossier.</summary>
/// <remarks>Independent of the machine's culture. Carries no personal data, for facts carry none (S25).</remarks>
public static class FactWords
{
    /// <summary>One or two sentences without a line break.</summary>
    /// <param name="recorded">The fact.</param>
    /// <param name="currency">The loan's currency: facts hold bare amounts.</param>
    public static string Describe(RecordedFact recorded, Currency currency)
    {
        var fact = recorded.Fact;
        var words = MoneyWords.Of(fact, currency) ?? AgreementWords.Of(fact, currency) ?? ContactWords.Of(fact) ?? NoticeWords.Of(fact) ?? LadderWords.Of(fact, currency)
            ?? throw new UnreachableException($"{fact.GetType().Name} has no words"); // A test asks for the words of every fact.
        return words.ReplaceLineEndings(" "); // Reasons are typed by people.
    }
}

using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Lets a borrower live with a loan: a sequence of contract events that depends on the seed, the loan and the window only.</summary>
/// <remarks>
/// Each month the borrower ends current or one, two, three or more months behind, drawn from the transitions measured on real accounts
/// (<see cref="PaymentFigures"/>); payments follow from that, and everything else (<see cref="BehaviourAssumptions"/>) is arranged around them.
/// The borrower does not react to what the lender does: two policies can be compared on the same months, but no effect of contact is simulated.
/// A loan of a single payment has a state too: its age in months, until all of it is paid.
/// </remarks>
public sealed class BorrowerBehaviour
{
    private readonly ulong seed;
    private readonly Func<LoanTerms, AccountRules> rulesOf;
    private readonly PaymentFigures figures;
    private readonly BehaviourAssumptions assumed;

    /// <param name="seed">The same seed gives the same lives.</param>
    /// <param name="rulesOf">How a loan's account is kept: what an overdue instalment costs depends on it.</param>
    /// <param name="figures">How people pay; null: as measured.</param>
    /// <param name="assumed">What is not measured; null: the defaults.</param>
    public BorrowerBehaviour(ulong seed, Func<LoanTerms, AccountRules> rulesOf, PaymentFigures? figures = null, BehaviourAssumptions? assumed = null) =>
        (this.seed, this.rulesOf, this.figures, this.assumed) = (seed, rulesOf, figures ?? PaymentFigures.Measured, assumed ?? new());

    /// <summary>The events of one loan in order of time. Nothing is kept: portfolios of any size can be streamed.</summary>
    /// <param name="loan">Terms, and the borrower's language and channels.</param>
    /// <param name="from">First local day of the window; instalments due before it are overdue.</param>
    /// <param name="until">Last local day: what would happen later is left out.</param>
    public IReadOnlyList<ContractEvent> EventsOf(ImportedLoan loan, DateOnly from, DateOnly until)
    {
        var terms = loan.Terms;
        var months = LivedMonths(terms, from, until);
        var draw = new SeededStream(seed, "stories", terms.LoanId);
        var moments = new LocalMoments(terms.TimeZones[0], draw);
        var money = new MoneyStories(terms, assumed, draw, moments);
        var words = new ContactStories(terms.LoanId, StoryTexts.Of(loan.Borrower.Language), ChannelOf(loan), assumed, draw, moments);
        var drafts = money.Of(months).Concat(words.Of(months))
            .Where(draft => DateOnly.FromDateTime(draft.At.DateTime) is var day && day >= from && day <= until)
            .OrderBy(draft => draft.At) // stable: what happens in the same minute stays in the order told
            .ToList();
        using var lines = new EventLines();
        return [.. drafts.Select((draft, index) => lines.Line(draft, terms.LoanId, index + 1))];
    }

    internal List<LivedMonth> LivedMonths(LoanTerms terms, DateOnly from, DateOnly until) =>
        new PaymentHistory(terms, rulesOf(terms), figures, assumed, new SeededStream(seed, "payments", terms.LoanId))
            .Of(PaymentPath.Of(terms, from, until, figures, new SeededStream(seed, "path", terms.LoanId)), from);

    private static Channel? ChannelOf(ImportedLoan loan)
    {
        var channels = loan.Borrower.Addresses.Select(address => address.Channel).ToList();
        return channels.Contains(Channel.Sms) ? Channel.Sms : channels.Contains(Channel.Email) ? Channel.Email : null;
    }
}

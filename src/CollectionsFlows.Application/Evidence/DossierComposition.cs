using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Composes a dossier. Pure: the same sources give the same dossier.</summary>
internal static class DossierComposition
{
    private const string Notice =
        "This is a record of what the lender's systems know of this loan and of what was done to collect it. It is not legal advice, it is not a statement of "
        + "claim, and it does not replace the originals of contracts and letters. It contains personal data: keep it confidential, and pass it on only to those who need it.";

    public static Dossier Of(DossierSources sources, CaseCommand command)
    {
        var (kind, approvalId) = command switch
        {
            CaseCommand.ReferToLegal legal => (DossierKind.LegalReferral, legal.ApprovalId),
            CaseCommand.WriteOff off => (DossierKind.WriteOff, off.ApprovalId),
            _ => throw new ArgumentException($"{command.GetType().Name} needs no dossier", nameof(command)),
        };
        var (state, policy) = (sources.State, sources.Policy);
        var position = CaseAccount.Position(state, policy, sources.Today);
        return new Dossier
        {
            DossierId = command.Id,
            Kind = kind,
            ApprovalId = approvalId,
            AssembledAt = sources.Now,
            Notice = Notice,
            Currency = state.Terms.Currency,
            Lender = sources.Lender,
            Borrower = Borrower(sources),
            Loan = Loan(state),
            Policy = new DossierPolicy(policy.Name, policy.Version, policy.Title, policy.Description, policy.Sources, PenaltyWords.PaymentUse(policy.Account)),
            Standing = AccountComposition.Standing(state, position),
            Schedule = AccountComposition.Schedule(state, position),
            Buckets = LoanAccount.ByAge(position, policy.Account.Buckets),
            Payoff = CaseAccount.Payoff(state, policy, sources.Today),
            Penalty = PenaltyWords.Of(state, policy.Account, position),
            Payments = AccountComposition.Payments(sources, position),
            Contacts = ContactComposition.Of(sources),
            Texts = [.. sources.Texts.Select(text => new DossierText(text.At.ToUniversalTime(), text.EventId, text.Kind, text.Text.Length == 0 ? null : text.Text))],
            Promises = AgreementComposition.Promises(sources),
            Plans = AgreementComposition.Plans(sources),
            Tracks = AgreementComposition.Tracks(sources),
            Approvals = AgreementComposition.Approvals(sources),
            Risk = state.Risk,
            Decisions = [.. sources.Facts.Select(fact => new DossierDecision(fact.Seq, fact.At, FactTypes.NameOf(fact.Fact), FactWords.Describe(fact, state.Terms.Currency)))],
            Chain = Chain(sources),
        };
    }

    private static DossierBorrower Borrower(DossierSources sources)
    {
        var details = sources.Borrower?.Details;
        return new DossierBorrower(
            sources.State.Terms.BorrowerId, details?.Name, details?.Language,
            [.. (details?.Addresses ?? []).Select(address => new DossierAddress(address.Channel, address.Value, address.Place))]);
    }

    private static DossierLoan Loan(CaseState state)
    {
        var terms = state.Terms;
        return new DossierLoan(
            terms.LoanId, terms.Product, terms.CreditorRole, terms.Jurisdiction, terms.TimeZones, terms.PenaltyAnnualRate, state.OpenedAt,
            new SortedDictionary<string, string>(terms.Attributes.ToDictionary(), StringComparer.Ordinal));
    }

    private static DossierChain Chain(DossierSources sources) => new(
        sources.Facts.Count, sources.HeadHash,
        $"The journal of this loan held {Words.Count(sources.Facts.Count, "fact")} when this was assembled. Each fact carries the SHA-256 of the one before it, so the hash of the last "
        + "stands for all of them. `collections verify` recomputes the chain; the fact with the last number in this record must carry the hash stated here.");
}

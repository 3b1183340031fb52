using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds facts into state. No rule lives here: a fact already says what was decided.</summary>
public static class CaseEvolution
{
    /// <summary>The state with one more fact.</summary>
    /// <exception cref="InvalidOperationException">The stream is broken: it does not begin with <see cref="CaseFact.CaseOpened"/>, or a number is missing.</exception>
    public static CaseState Evolve(CaseState? state, RecordedFact recorded)
    {
        if (state is null)
        {
            return recorded is { Seq: 1, Fact: CaseFact.CaseOpened opened }
                ? Open(opened, recorded.At)
                : throw new InvalidOperationException($"a case begins with fact 1, case.opened; this is fact {recorded.Seq}, {FactTypes.NameOf(recorded.Fact)}");
        }

        return recorded.Seq == state.Sequence + 1
            ? SentTextEvolution.Apply(state, Apply(state with { Sequence = recorded.Seq, UpdatedAt = recorded.At }, recorded), recorded.Fact)
            : throw new InvalidOperationException($"fact {recorded.Seq} does not follow fact {state.Sequence} of {state.Terms.LoanId}");
    }

    /// <summary>Folds a whole stream.</summary>
    public static CaseState? Fold(IEnumerable<RecordedFact> facts) => facts.Aggregate(default(CaseState), Evolve);

    internal static CaseState WithPayment(CaseState state, Payment payment) => state with
    {
        Payments = [.. state.Payments, new PostedPayment(payment, state.EarlyReversals.Contains(payment.PaymentId))],
    };

    internal static CaseState WithoutPayment(CaseState state, string paymentId) => state with
    {
        Payments = [.. state.Payments.Select(posted => posted.Payment.PaymentId == paymentId ? posted with { Reversed = true } : posted)],
    };

    private static CaseState Open(CaseFact.CaseOpened opened, DateTimeOffset at) => new()
    {
        Terms = opened.Terms,
        Policy = opened.Policy,
        Channels = opened.Channels,
        Sequence = 1,
        OpenedAt = at,
        UpdatedAt = at,
    };

    private static CaseState Apply(CaseState state, RecordedFact recorded) => recorded.Fact switch
    {
        CaseFact.TermsUpdated updated => state with { Terms = updated.Terms },
        CaseFact.InputIgnored or CaseFact.InputEntered or CaseFact.ProfileChanged => state,
        CaseFact.PaymentPosted posted => Posted(state, posted),
        CaseFact.PaymentReversed reversed => Reversed(state, reversed),
        CaseFact.RiskAssessed assessed => state with { Risk = new(assessed.Score, assessed.Band, assessed.Reasons) },
        CaseFact.Reviewed reviewed => Seen(state, reviewed.DaysPastDue) with { ReviewedOn = reviewed.On },
        CaseFact.StatusChanged changed => Seen(state, changed.DaysPastDue) with { AnnouncedStatus = changed.To },
        CaseFact.CaseClosed closed => state with { ClosedReason = closed.Reason, ClosedAt = closed.EffectiveAt },
        CaseFact.CaseReopened => state with { ClosedReason = null, ClosedAt = null },
        CaseFact.ReferredToLegal referred => LadderEvolution.Done(state, referred.CommandId) with { ReferredToLegalAt = recorded.At },
        CaseFact.WrittenOff off => LadderEvolution.Done(state, off.CommandId) with { WrittenOffOn = off.On },
        _ => LadderEvolution.Apply(state, recorded) ?? AgreementEvolution.Apply(state, recorded) ?? ContactEvolution.Apply(state, recorded)
            ?? NoticeEvolution.Apply(state, recorded.Fact)
            ?? throw new InvalidOperationException($"fact {recorded.Seq} of {state.Terms.LoanId} cannot be folded: {recorded.Fact.GetType().Name}"),
    };

    /// <summary>Money is a sign of life, so a payment also answers.</summary>
    private static CaseState Posted(CaseState state, CaseFact.PaymentPosted posted) =>
        ContactEvolution.Answered(Seen(WithPayment(state, new Payment(posted.PaymentId, posted.Amount, posted.ValueOn, posted.PaidAt)), posted.DaysPastDue), posted.PaidAt);

    private static CaseState Reversed(CaseState state, CaseFact.PaymentReversed reversed) => reversed.Known
        ? Seen(WithoutPayment(state, reversed.PaymentId), reversed.DaysPastDue)
        : state with { EarlyReversals = [.. state.EarlyReversals, reversed.PaymentId] };

    /// <summary>Remembers the most days past due any fact has shown.</summary>
    internal static CaseState Seen(CaseState state, int daysPastDue) =>
        daysPastDue > state.MaxDaysPastDue ? state with { MaxDaysPastDue = daysPastDue } : state;
}

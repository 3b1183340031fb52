using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The money of a dossier.</summary>
internal static class AccountComposition
{
    public static DossierStanding Standing(CaseState state, AccountPosition position) => new(
        position.AsOf, state.Status, state.Stage, position.DaysPastDue, Math.Max(state.MaxDaysPastDue, position.DaysPastDue),
        position.Overdue, position.Balance, position.Paid, position.Credit,
        [.. state.Pauses.Where(pause => pause.From < pause.Until && pause.InterestOnly != true).Select(pause => new DossierPause(pause.From, pause.Until == DateOnly.MaxValue ? null : pause.Until))]);

    public static IReadOnlyList<DossierInstalment> Schedule(CaseState state, AccountPosition position) =>
    [
        .. state.Terms.Instalments.Zip(position.Instalments, (scheduled, now) => new DossierInstalment(
            scheduled.Number, scheduled.DueOn, scheduled.PrincipalDue, scheduled.InterestDue, scheduled.FeesDue, scheduled.Total,
            now.Paid, now.Outstanding, now.DaysPastDue, now.SettledOn)),
    ];

    public static IReadOnlyList<DossierPayment> Payments(DossierSources sources, AccountPosition position)
    {
        var used = position.Allocations.ToDictionary(allocation => allocation.PaymentId, StringComparer.Ordinal);
        var reversals = sources.FactsOf<CaseFact.PaymentReversed>()
            .ToDictionary(reversal => reversal.Fact.PaymentId, reversal => new DossierReversal(reversal.Recorded.Seq, reversal.Recorded.At, reversal.Fact.Reason), StringComparer.Ordinal);
        return
        [
            .. sources.FactsOf<CaseFact.PaymentPosted>().Select(posted =>
            {
                var (recorded, payment) = posted;
                var use = used.GetValueOrDefault(payment.PaymentId);
                return new DossierPayment(
                    recorded.Seq, payment.PaymentId, payment.Amount, payment.Method, payment.PaidAt, payment.ValueOn,
                    reversals.GetValueOrDefault(payment.PaymentId), use?.Allocated ?? Breakdown.Zero, use?.Credit ?? 0m);
            }),
        ];
    }
}

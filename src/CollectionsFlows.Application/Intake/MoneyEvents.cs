using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Application.Intake;

/// <summary>Payments, promises and plans.</summary>
internal static class MoneyEvents
{
    private const int MaxPlanInstalments = 600;

    public static IReadOnlyList<(string Type, Func<EventEnvelope, UnderstoodEvent> Read)> Kinds { get; } =
    [
        ("payment.posted", PaymentPosted),
        ("payment.reversed", PaymentReversed),
        ("promise.made", PromiseMade),
        ("promise.cancelled", PromiseCancelled),
        ("plan.accepted", PlanAccepted),
        ("plan.cancelled", PlanCancelled),
    ];

    private static UnderstoodEvent PaymentPosted(EventEnvelope received)
    {
        var data = received.Data;
        var currency = data.Currency("currency");
        return new(new CaseEvent.PaymentPosted(data.Id("paymentId"), data.Amount("amount", currency), currency, data.OptionalId("method", 60), data.OptionalDate("valueOn")));
    }

    private static UnderstoodEvent PaymentReversed(EventEnvelope received) =>
        new(new CaseEvent.PaymentReversed(received.Data.Id("paymentId"), received.Data.Word("reason", "nsf", "chargeback", "error")));

    private static UnderstoodEvent PromiseMade(EventEnvelope received) =>
        new(new CaseEvent.PromiseMade(received.Data.Id("promiseId"), received.Data.Amount("amount"), received.Data.Date("dueOn")));

    private static UnderstoodEvent PromiseCancelled(EventEnvelope received) => new(new CaseEvent.PromiseCancelled(received.Data.Id("promiseId")));

    private static UnderstoodEvent PlanAccepted(EventEnvelope received)
    {
        var data = received.Data;
        var planId = data.Id("planId");
        var rows = data.Objects("instalments", atLeastOne: true);
        if (rows.Count > MaxPlanInstalments)
            data.Report("instalments", $"{rows.Count} instalments; expected at most {MaxPlanInstalments}");
        var instalments = new List<PlanInstalment>();
        foreach (var row in rows)
        {
            var instalment = new PlanInstalment(row.Date("dueOn"), row.Amount("amount"));
            if (instalments.Count > 0 && instalment.DueOn <= instalments[^1].DueOn)
                row.Report("dueOn", "not after the instalment before it; expected instalments in order of due date");
            row.RefuseUnknown();
            instalments.Add(instalment);
        }

        return new(new CaseEvent.PlanAccepted(planId, instalments, data.Word("confirmation", "written", "electronic"))); // S13
    }

    private static UnderstoodEvent PlanCancelled(EventEnvelope received)
    {
        var planId = received.Data.Id("planId");
        var reason = received.Data.Text("reason");
        return new(new CaseEvent.PlanCancelled(planId, EventKinds.CodeOf(reason)), EventKinds.TextUnlessCode(reason));
    }
}

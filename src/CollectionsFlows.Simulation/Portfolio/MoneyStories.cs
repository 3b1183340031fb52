using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Events about money: payments, bounces, promises and plans, as they follow from what the borrower did.</summary>
internal sealed class MoneyStories(LoanTerms terms, BehaviourAssumptions assumed, SeededStream draw, LocalMoments moments)
{
    private const int MostPlanInstalments = 3;

    private readonly string method = draw.OneOf(["bank_transfer", "direct_debit", "card"]);
    private int payments;
    private int promises;

    public IEnumerable<EventDraft> Of(IReadOnlyList<LivedMonth> months)
    {
        DateOnly? plannedOn = null;
        for (var index = 0; index < months.Count; index++)
        {
            var month = months[index];
            foreach (var draft in Payments(month)) yield return draft;
            // Who has a plan needs no promises besides.
            if (plannedOn is null)
            {
                foreach (var draft in Promise(month)) yield return draft;
            }

            if (plannedOn is null && month.Path.BehindAfter >= 2 && draw.Happens(assumed.PlanAgreed))
            {
                plannedOn = month.Path.Closes.AddDays(-draw.Between(2, 6));
                if (Plan(plannedOn.Value, month, months.Skip(index + 1)) is { } plan) yield return plan;
            }
        }
    }

    private IEnumerable<EventDraft> Payments(LivedMonth month)
    {
        if (month.Bounced is { } bounced)
        {
            var id = PaymentId();
            yield return Posted(bounced, id);
            yield return new(moments.On(bounced.On.AddDays(draw.Between(2, 3))), "payment.reversed", json =>
            {
                json.WriteString("paymentId", id);
                json.WriteString("reason", "nsf");
            });
        }

        if (month.Payment is { } payment) yield return Posted(payment, PaymentId());
    }

    private EventDraft Posted(MadePayment payment, string id) => new(moments.On(payment.On), "payment.posted", json =>
    {
        json.WriteString("paymentId", id);
        json.WriteNumber("amount", payment.Amount);
        json.WriteString("currency", terms.Currency.Code);
        json.WriteString("method", method);
    });

    /// <summary>A promise the borrower keeps with the month's late payment, or one that nothing follows.</summary>
    private IEnumerable<EventDraft> Promise(LivedMonth month)
    {
        if (month.Path.Pays == 0)
        {
            if (!draw.Happens(assumed.PromisedAndBroken)) yield break;
            var made = month.Path.Opens.AddDays(draw.Between(4, 12));
            yield return Promised(made, made.AddDays(draw.Between(3, 10)), month.OwedAfterTenDays);
        }
        else if (month.Payment is { } payment && payment.On > month.Path.Opens.AddDays(3) && draw.Happens(assumed.PromisedAndKept))
        {
            var daysLate = payment.On.DayNumber - month.Path.Opens.DayNumber;
            yield return Promised(payment.On.AddDays(-draw.Between(1, Math.Min(daysLate - 2, 8))), payment.On, payment.Amount);
        }
    }

    private EventDraft Promised(DateOnly made, DateOnly dueOn, decimal amount)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"PTP-{terms.LoanId}-{++promises}");
        return new(moments.On(made), "promise.made", json =>
        {
            json.WriteString("promiseId", id);
            json.WriteNumber("amount", amount);
            json.WriteString("dueOn", Iso(dueOn));
        });
    }

    /// <summary>The plan says what the borrower is going to pay; who pays nothing more had agreed to three equal parts.</summary>
    private EventDraft? Plan(DateOnly acceptedOn, LivedMonth month, IEnumerable<LivedMonth> later)
    {
        var instalments = later.Where(next => next.Path.Pays > 0 && next.Payment is not null)
            .Take(MostPlanInstalments).Select(next => (next.Payment!.On, next.Payment.Amount)).ToList();
        if (instalments.Count == 0)
        {
            var part = terms.Currency.Round(month.OwedAfterTenDays / MostPlanInstalments);
            if (part <= 0m) return null;
            instalments.AddRange(Enumerable.Range(0, MostPlanInstalments).Select(number => (acceptedOn.AddDays(10).AddMonths(number), part)));
        }

        return new(moments.On(acceptedOn), "plan.accepted", json =>
        {
            json.WriteString("planId", $"PLAN-{terms.LoanId}");
            json.WriteStartArray("instalments");
            foreach (var (dueOn, amount) in instalments)
            {
                json.WriteStartObject();
                json.WriteString("dueOn", Iso(dueOn));
                json.WriteNumber("amount", amount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("confirmation", "electronic");
        });
    }

    private string PaymentId() => string.Create(CultureInfo.InvariantCulture, $"P-{terms.LoanId}-{++payments:00}");

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

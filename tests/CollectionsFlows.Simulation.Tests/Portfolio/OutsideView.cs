using System.Text.Json;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

/// <summary>What an onlooker makes of a loan's events, read from their JSON alone.</summary>
internal sealed class OutsideView
{
    private static readonly PolicyCatalogue Policies = PolicyCatalogue.Shipped();

    private readonly LoanTerms terms;
    private readonly AccountRules rules;
    private readonly List<Pause> pauses = [];

    public OutsideView(LoanTerms terms, IEnumerable<ContractEvent> events)
    {
        this.terms = terms;
        // Oldest instalment first, as months behind are counted.
        rules = Policies.Find(DemoPortfolio.PolicyOf(terms))!.Policy.Account with { Exceptions = [] };
        foreach (var happened in events)
        {
            var data = happened.ToJsonElement().GetProperty("data");
            var on = DateOnly.FromDateTime(happened.At.DateTime);
            if (happened.Type == "payment.posted")
                Payments.Add(new(Text(data, "paymentId"), data.GetProperty("amount").GetDecimal(), on, happened.At));
            else if (happened.Type == "payment.reversed")
                Assert.Equal(1, Payments.RemoveAll(payment => payment.PaymentId == Text(data, "paymentId")));
            else if (happened.Type == "hardship.declared")
                pauses.Add(new(on, DateOnly.Parse(Text(data, "pauseUntil"), System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    public List<Payment> Payments { get; } = [];

    /// <summary>Instalments whose due date has come, unpaid at the end of a day; reversed payments never counted.</summary>
    public int Behind(DateOnly on) => PositionOn(on).Instalments.Count(instalment => instalment.DueOn <= on && instalment.SettledOn is null);

    public AccountPosition PositionOn(DateOnly on) => LoanAccount.Position(terms, rules, Payments, pauses, null, on);

    /// <summary>State before and after each whole month of the window in which an instalment falls due.</summary>
    public IEnumerable<(int Before, int After)> Transitions(DateOnly from, DateOnly until)
    {
        var schedule = terms.Instalments;
        for (var index = 0; index + 1 < schedule.Count; index++)
        {
            var closes = schedule[index + 1].DueOn.AddDays(-1);
            if (schedule[index].DueOn >= from && closes <= until)
                yield return (Math.Min(3, Behind(schedule[index].DueOn.AddDays(-1))), Math.Min(3, Behind(closes)));
        }
    }

    private static string Text(JsonElement data, string property) => data.GetProperty(property).GetString()!;
}

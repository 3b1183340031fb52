using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Which shipped policy suits a loan of the generated portfolio.</summary>
public static class ShippedPolicies
{
    /// <summary>
    /// China: <c>cn-consumer</c>, and <c>cn-consumer-short</c> for single payments. Elsewhere: <c>us-collector</c> for placed debts,
    /// <c>us-creditor-open-end</c> for cards, <c>us-creditor</c> for the rest.
    /// </summary>
    /// <returns>The name of a policy of <see cref="Application.Policies.PolicyCatalogue.Shipped"/>.</returns>
    public static string PolicyOf(LoanTerms terms) => terms switch
    {
        { Jurisdiction: "CN", Product: Product.ShortTerm } => "cn-consumer-short",
        { Jurisdiction: "CN" } => "cn-consumer",
        { CreditorRole: CreditorRole.Collector } => "us-collector",
        { Product: Product.Card } => "us-creditor-open-end",
        _ => "us-creditor",
    };
}

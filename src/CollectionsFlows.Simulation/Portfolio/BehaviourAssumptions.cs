namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>How often borrowers do what the measured figures do not tell. Assumptions, chosen to be plausible and to show every path; probabilities from 0 to 1.</summary>
/// <remarks>None of them changes how many months behind a borrower is at a month's end: that is drawn from <see cref="PaymentFigures"/> alone.</remarks>
public sealed record BehaviourAssumptions
{
    /// <summary>Of payments that keep a loan current, those made a few days after the due date: a monthly record does not see them.</summary>
    public double PaidSomeDaysLate { get; init; } = 0.07;

    /// <summary>Of payments on time, those on the due date itself; the others come one to six days before.</summary>
    public double PaidOnDueDate { get; init; } = 0.55;

    /// <summary>Of late payments, those the borrower had promised.</summary>
    public double PromisedAndKept { get; init; } = 0.25;

    /// <summary>Of months that end further behind, those with a promise nobody kept.</summary>
    public double PromisedAndBroken { get; init; } = 0.15;

    /// <summary>Of payments, those that first bounce and are repeated some days later.</summary>
    public double BouncedAndRepeated { get; init; } = 0.006;

    /// <summary>Of months that end further behind, those with a payment that bounces and is not repeated.</summary>
    public double BouncedForGood { get; init; } = 0.04;

    /// <summary>Of loans that get two months behind, those for which a plan is agreed.</summary>
    public double PlanAgreed { get; init; } = 0.30;

    /// <summary>Of months that end further behind, those in which the borrower declares hardship; once a loan.</summary>
    public double Hardship { get; init; } = 0.04;

    /// <summary>Of months that end behind, those in which the borrower answers a message.</summary>
    public double Answered { get; init; } = 0.12;

    /// <summary>Of loans that get behind, those whose borrower wants no more messages.</summary>
    public double OptedOut { get; init; } = 0.04;

    /// <summary>Of months that end behind, those in which the debt is disputed; once a loan.</summary>
    public double Disputed { get; init; } = 0.015;

    /// <summary>Of disputes, those the lender upholds.</summary>
    public double DisputeUpheld { get; init; } = 0.3;

    /// <summary>Of months that end behind, those that end in a complaint; once a loan.</summary>
    public double Complained { get; init; } = 0.01;
}

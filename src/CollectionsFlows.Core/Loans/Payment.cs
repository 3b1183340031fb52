namespace CollectionsFlows.Core.Loans;

/// <summary>Money received for a loan, in the loan's currency.</summary>
/// <param name="PaymentId">The payer system's id, unique within the loan.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="ValueOn">The borrower's local date from which it counts.</param>
/// <param name="At">When it was made.</param>
public sealed record Payment(string PaymentId, decimal Amount, DateOnly ValueOn, DateTimeOffset At);

/// <summary>Days that do not count as past due (hardship, moratorium): the start counts, the length is the days from start to end.</summary>
/// <param name="From">First paused day.</param>
/// <param name="Until">First day that counts again; <see cref="DateOnly.MaxValue"/> while open-ended.</param>
/// <param name="InterestOnly">True: the days count as past due but bear no penalty interest (a notice is missing, <c>GB-NOSIA</c>). Null: neither.</param>
public sealed record Pause(DateOnly From, DateOnly Until, bool? InterestOnly = null);

using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>
/// The last accounts computed for a case and the states that came from it: one step asks for the same day many times over, and computing an
/// account replays every payment. An answer is remembered with all it depends on, so that it never differs from a new one and stays pure.
/// </summary>
internal sealed class AccountMemo : IEquatable<AccountMemo>
{
    // Replaced, never changed: readers of the same state on other threads see one pair or the other.
    private volatile Pair? last;

    public AccountPosition Of(CaseState state, Policy policy, DateOnly asOf)
    {
        var pair = last;
        if ((Fits(pair?.Newer, state, policy, asOf) ?? Fits(pair?.Older, state, policy, asOf)) is { } known)
        {
            return known;
        }

        var position = LoanAccount.Position(state.Terms, policy.Account, CaseAccount.Counting(state), state.Pauses, state.WrittenOffOn, asOf);
        last = new Pair(new Account(state.Terms, state.Payments, state.Pauses, state.WrittenOffOn, policy.Account, position), pair?.Newer);
        return position;
    }

    /// <summary>What is remembered is no part of a state: two states are the same whatever they were asked before.</summary>
    public bool Equals(AccountMemo? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as AccountMemo);

    public override int GetHashCode() => 0;

    private static AccountPosition? Fits(Account? account, CaseState state, Policy policy, DateOnly asOf) =>
        account is not null && account.Position.AsOf == asOf && ReferenceEquals(account.Rules, policy.Account)
        && ReferenceEquals(account.Terms, state.Terms) && ReferenceEquals(account.Payments, state.Payments)
        && ReferenceEquals(account.Pauses, state.Pauses) && account.WrittenOffOn == state.WrittenOffOn
            ? account.Position
            : null;

    // Two, for beside today a step asks about the day the entry rules would hold.
    private sealed record Pair(Account Newer, Account? Older);

    private sealed record Account(
        LoanTerms Terms, IReadOnlyList<PostedPayment> Payments, IReadOnlyList<Pause> Pauses, DateOnly? WrittenOffOn, AccountRules Rules, AccountPosition Position);
}

namespace CollectionsFlows.Core.Loans;

/// <summary>An amount in one currency. Arithmetic across currencies throws: it is always a bug, never data.</summary>
/// <remarks>Rounding is half-even at the currency's minor unit, the convention of <c>domain.md</c> (plan maths).</remarks>
/// <param name="Amount">The amount in major units (12.50 is twelve dollars fifty).</param>
/// <param name="Currency">The ISO 4217 currency.</param>
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    public static Money Zero(Currency currency) => new(0m, currency);

    public bool IsZero => Amount == 0m;

    /// <summary>Rounds half-even to the currency's minor unit.</summary>
    public Money Rounded() => this with { Amount = Currency.Round(Amount) };

    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + left.Same(right) };

    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - left.Same(right) };

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Amount.CompareTo(Same(other));

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Amount:0.00} {Currency}");

    private decimal Same(Money other) => other.Currency == Currency
        ? other.Amount
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix");
}

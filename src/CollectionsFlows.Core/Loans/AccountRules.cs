using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Loans;

/// <summary>What a payment can pay.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Component>))]
public enum Component
{
    Penalty,
    Fee,
    Interest,
    Principal,
}

/// <summary>Which way a waterfall runs over several instalments.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<AllocationDirection>))]
public enum AllocationDirection
{
    /// <summary>All components of the oldest instalment, then the next (horizontal).</summary>
    InstalmentFirst,

    /// <summary>The first component of every instalment, then the next component (vertical).</summary>
    ComponentFirst,
}

/// <summary>The order in which a payment is used. Past-due instalments come before due ones, due ones before those in advance.</summary>
public sealed record Waterfall
{
    public required IReadOnlyList<Component> Order { get; init; }

    public AllocationDirection Direction { get; init; }
}

/// <summary>A waterfall for special conditions, e.g. principal before interest from DPD 90 (China), or after write-off.</summary>
public sealed record WaterfallException
{
    /// <summary>Applies from this many days past due on the payment's value date; null: at any.</summary>
    public int? MinDaysPastDue { get; init; }

    /// <summary>Applies to payments valued on or after the day the loan was written off.</summary>
    public bool AfterWriteOff { get; init; }

    public required Waterfall Waterfall { get; init; }
}

/// <summary>What penalty interest is counted on.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PenaltyBase>))]
public enum PenaltyBase
{
    Principal,
    PrincipalAndInterest,
}

/// <summary>How the account of a loan is kept: data, part of a policy.</summary>
public sealed record AccountRules
{
    public Waterfall Waterfall { get; init; } = new() { Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal] };

    /// <summary>The first that applies wins over <see cref="Waterfall"/>.</summary>
    public IReadOnlyList<WaterfallException> Exceptions { get; init; } = [];

    public PenaltyBase PenaltyBase { get; init; }

    /// <summary>Days of a year for penalty interest: 360 or 365.</summary>
    public int PenaltyDaysInYear { get; init; } = 365;

    /// <summary>Whether paying off early waives the interest not yet earned.</summary>
    public bool RebateUnearnedInterest { get; init; }

    public IReadOnlyList<AgeBucket> Buckets { get; init; } =
        [new("1-30", 1, 30), new("31-60", 31, 60), new("61-90", 61, 90), new("91-180", 91, 180), new("181-360", 181, 360), new("361+", 361, null)];
}

/// <summary>A range of days past due, both ends inside; <paramref name="To"/> null is open.</summary>
public sealed record AgeBucket(string Name, int From, int? To);

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CollectionsFlows.Core.Loans;

/// <summary>One amount per <see cref="Component"/>: the mutable working form of a <see cref="Breakdown"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ComponentAmounts
{
    private decimal penalty;
    private decimal fee;
    private decimal interest;
    private decimal principal;

    public static ComponentAmounts Zero => default;

    public readonly decimal Total => penalty + fee + interest + principal;

    public decimal this[Component component]
    {
        readonly get => component switch
        {
            Component.Penalty => penalty,
            Component.Fee => fee,
            Component.Interest => interest,
            Component.Principal => principal,
            _ => throw new UnreachableException(),
        };
        set
        {
            switch (component)
            {
                case Component.Penalty: penalty = value; break;
                case Component.Fee: fee = value; break;
                case Component.Interest: interest = value; break;
                case Component.Principal: principal = value; break;
                default: throw new UnreachableException();
            }
        }
    }

    public static ComponentAmounts Of(Instalment scheduled) => new()
    {
        fee = scheduled.FeesDue,
        interest = scheduled.InterestDue,
        principal = scheduled.PrincipalDue,
    };

    public static ComponentAmounts operator +(ComponentAmounts left, ComponentAmounts right) => new()
    {
        penalty = left.penalty + right.penalty,
        fee = left.fee + right.fee,
        interest = left.interest + right.interest,
        principal = left.principal + right.principal,
    };

    public static ComponentAmounts operator -(ComponentAmounts left, ComponentAmounts right) => new()
    {
        penalty = left.penalty - right.penalty,
        fee = left.fee - right.fee,
        interest = left.interest - right.interest,
        principal = left.principal - right.principal,
    };

    public readonly Breakdown ToBreakdown() => Total == 0m ? Breakdown.Zero : new(penalty, fee, interest, principal);
}

using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>The texts of one instalment's columns.</summary>
internal readonly ref struct InstalmentFields
{
    public required ReadOnlySpan<char> Number { get; init; }

    public required ReadOnlySpan<char> DueOn { get; init; }

    public required ReadOnlySpan<char> Principal { get; init; }

    public required ReadOnlySpan<char> Interest { get; init; }

    public required ReadOnlySpan<char> Fees { get; init; }

    /// <summary>The instalment; null when any value is wrong, which is reported with the column.</summary>
    /// <param name="currency">Whose decimals amounts may have; null when the loan's currency is not known.</param>
    /// <param name="report">Called with the column and what is wrong with it.</param>
    public Instalment? Read(Currency? currency, Action<int, string> report)
    {
        var good = true;
        void Check(int column, string? problem)
        {
            if (problem is null)
                return;
            good = false;
            report(column, problem);
        }

        Check(LoanColumns.InstalmentNumber, FieldChecks.InstalmentNumber(Number, out var number));
        Check(LoanColumns.DueOn, FieldChecks.Date(DueOn, out var dueOn));
        Check(LoanColumns.PrincipalDue, FieldChecks.Amount(Principal, currency, out var principal));
        Check(LoanColumns.InterestDue, FieldChecks.Amount(Interest, currency, out var interest));
        Check(LoanColumns.FeesDue, FieldChecks.Amount(Fees, currency, out var fees));
        if (good && principal + interest + fees == 0m)
            Check(LoanColumns.PrincipalDue, "nothing falls due with this instalment; expected principal, interest or fees above zero");
        return good ? new(number, dueOn, principal, interest, fees) : null;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Writes fields of a CSV row.</summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create(",\"\r\n");

    public static string Row(params ReadOnlySpan<string?> fields)
    {
        var row = new System.Text.StringBuilder();
        for (var i = 0; i < fields.Length; i++)
        {
            row.Append(i == 0 ? "" : ",").Append(Field(fields[i]));
        }

        return row.ToString();
    }

    public static string Number(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With offset, seconds, and fractions only where there are any.</summary>
    public static string Instant(DateTimeOffset value) =>
        value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>A name as the contract spells it: <c>paid-off</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => Core.Json.KebabCase.Of(value);

    private static string? Field(string? value) =>
        value is not null && value.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}

/// <summary>A row of <c>cases.csv</c> and what the figures take from it.</summary>
internal sealed record CaseRow(string Text, CaseStatus Status, AccountPosition Position, int MaxDaysPastDue);

/// <summary>Makes rows of <c>cases.csv</c>. Instants carry the borrower's own offset, so that they read as local time.</summary>
internal static class CaseRows
{
    public const string Header =
        "loanId,status,stage,closedReason,daysPastDue,maxDaysPastDue,overdue,paid,contactsSent,firstContactAt,openedAt,closedAt,policy";

    /// <summary>The case at the end of the replay's last day.</summary>
    public static CaseRow Of(ReplayLoan loan, ReplayRequest request)
    {
        var state = loan.State ?? throw new InvalidOperationException($"loan {loan.LoanId} was never opened");
        var position = CaseAccount.Position(state, loan.Policy, request.Until);
        var daysPastDue = state.ClosedReason is null ? position.DaysPastDue : 0;
        var most = Math.Max(state.MaxDaysPastDue, daysPastDue);
        var text = Csv.Row(
            loan.LoanId, Csv.Name(state.Status), state.Stage, state.ClosedReason is { } reason ? Csv.Name(reason) : null,
            Csv.Number(daysPastDue), Csv.Number(most), Csv.Number(position.Overdue.Total), Csv.Number(position.Paid),
            Csv.Number(state.ContactsSent), Local(loan, state.FirstContactAt), Local(loan, state.OpenedAt), Local(loan, state.ClosedAt),
            state.Policy.ToString());
        return new CaseRow(text, state.Status, position, most);
    }

    private static string? Local(ReplayLoan loan, DateTimeOffset? instant) => instant is { } value ? Csv.Instant(loan.Clock.Local(value)) : null;
}

/// <summary>The order of <c>contacts.csv</c>: by instant, then loan, then fact.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContactKey(long UtcTicks, string LoanId, int Seq) : IComparable<ContactKey>
{
    public int CompareTo(ContactKey other)
    {
        var order = UtcTicks.CompareTo(other.UtcTicks);
        order = order == 0 ? string.CompareOrdinal(LoanId, other.LoanId) : order;
        return order == 0 ? Seq.CompareTo(other.Seq) : order;
    }
}

/// <summary>Makes rows of <c>contacts.csv</c>.</summary>
internal static class ContactRows
{
    public const string Header = "at,localTime,loanId,borrowerId,channel,template,verdict,rule,until,commandId";

    public static (ContactKey Key, string Text) Of(ReplayLoan loan, RecordedFact fact)
    {
        var attempt = ((CaseFact.ContactAttempted)fact.Fact).Attempt;
        var at = attempt.Judged?.Now ?? fact.At;
        var text = Csv.Row(
            Csv.Instant(at.ToUniversalTime()), Csv.Instant(loan.Clock.Local(at)), loan.LoanId, loan.Terms.BorrowerId,
            attempt.Channel is { } channel ? Csv.Name(channel) : null, attempt.Template, Csv.Name(attempt.Result), attempt.Rule,
            attempt.Until is { } until ? Csv.Instant(loan.Clock.Local(until)) : null, attempt.CommandId);
        return (new ContactKey(at.UtcTicks, loan.LoanId, fact.Seq), text);
    }
}

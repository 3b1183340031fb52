using System.Globalization;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

/// <summary>Measures the figures as <c>payment-figures.json</c> says, from the accounts themselves.</summary>
internal sealed class CardAccounts
{
    /// <summary>Columns of April to September, and of April to August's statements and the payments a month later.</summary>
    private static readonly string[] Codes = ["PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0"];
    private static readonly string[] Statements = ["BILL_AMT6", "BILL_AMT5", "BILL_AMT4", "BILL_AMT3", "BILL_AMT2"];
    private static readonly string[] Payments = ["PAY_AMT5", "PAY_AMT4", "PAY_AMT3", "PAY_AMT2", "PAY_AMT1"];

    private readonly List<Account> accounts = [];

    public CardAccounts(string path)
    {
        using var file = new StreamReader(path);
        var header = file.ReadLine()!.Split(',');
        int[] Positions(string[] names) => [.. names.Select(name => Array.IndexOf(header, name))];
        var (codes, statements, payments) = (Positions(Codes), Positions(Statements), Positions(Payments));
        while (file.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            int[] Values(int[] positions) => [.. positions.Select(position => int.Parse(fields[position], CultureInfo.InvariantCulture))];
            accounts.Add(new(Values(codes), Values(statements), Values(payments)));
        }
    }

    public int Count => accounts.Count;

    public int EverBehind => accounts.Count(account => account.Codes.Take(5).Any(code => Behind(code) > 0));

    public int[] StartingStates => [.. ByState(accounts.Select(account => Behind(account.Codes[0])))];

    public int[][] RecordedTransitions => Matrix(account => account.Codes.Select(code => Math.Clamp(code, 0, 3)));

    public int[][] Transitions => Matrix(account => account.Codes.Take(5).Select(Behind));

    public MissedMonths[] FallingFurtherBehind => [.. Enumerable.Range(0, 4).Select(state =>
    {
        var rising = (from account in accounts
                      from month in Enumerable.Range(1, 4)
                      where Behind(account.Codes[month - 1]) == state && Behind(account.Codes[month]) == Math.Min(3, state + 1)
                      select account.Payments[month]).ToList();
        return new MissedMonths(rising.Count, rising.Count(payment => payment == 0));
    })];

    public StatementShares ShareOfStatementPaid(int state)
    {
        var paid = (from account in accounts
                    from month in Enumerable.Range(0, 5)
                    where Behind(account.Codes[month]) == state && account.Statements[month] > 0
                    select (Statement: account.Statements[month], Payment: account.Payments[month])).ToList();
        var shares = paid.Where(month => month.Payment > 0 && month.Payment < month.Statement)
            .Select(month => (decimal)month.Payment / month.Statement).Order().ToList();
        var quantiles = PaymentFigures.QuantileLevels
            .Select(level => decimal.Round(shares[(int)decimal.Ceiling(level * shares.Count) - 1], 4, MidpointRounding.ToEven)).ToList();
        return new(paid.Count, paid.Count(month => month.Payment == 0), shares.Count, paid.Count(month => month.Payment >= month.Statement), quantiles);
    }

    /// <summary>Codes 1 and 2 are one month behind, 3 is two, 4 and more are three or more.</summary>
    private static int Behind(int code) => code switch { <= 0 => 0, <= 2 => 1, 3 => 2, _ => 3 };

    private int[][] Matrix(Func<Account, IEnumerable<int>> states)
    {
        int[][] counts = [new int[4], new int[4], new int[4], new int[4]];
        foreach (var months in accounts.Select(account => states(account).ToArray()))
        {
            for (var month = 1; month < months.Length; month++) counts[months[month - 1]][months[month]]++;
        }

        return counts;
    }

    private static IEnumerable<int> ByState(IEnumerable<int> states)
    {
        var all = states.ToList();
        return Enumerable.Range(0, 4).Select(state => all.Count(other => other == state));
    }

    private sealed record Account(int[] Codes, int[] Statements, int[] Payments);
}

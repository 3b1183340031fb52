namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>Rows of loans files, good unless a test changes a field.</summary>
internal static class LoanLines
{
    public const string Header =
        "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue";

    public const string JsonLoan =
        """{"loanId":"L-1","borrowerId":"B-1","name":"Invented Person","phone":"+13125550100","email":"one@example.com","language":"en-US","jurisdiction":"US","timeZone":"America/Chicago","product":"card","creditorRole":"creditor","currency":"USD","penaltyAnnualRate":0.18,"instalments":[{"instalmentNumber":1,"dueOn":"2026-03-01","principalDue":100.50,"interestDue":2,"feesDue":0}]}""";

    private static readonly string[] Names = Header.Split(',');

    /// <summary>A row of loan L-1, with the named fields changed.</summary>
    public static string Row(params (string Name, string Value)[] changes)
    {
        string[] values =
        [
            "L-1", "B-1", "Invented Person", "+13125550100", "one@example.com", "en-US", "US", "America/Chicago", "card", "creditor", "USD", "0.18",
            "1", "2026-03-01", "100.50", "2", "0",
        ];
        foreach (var (name, value) in changes)
            values[Array.IndexOf(Names, name)] = value;
        return string.Join(',', values);
    }

    /// <summary>Instalment <paramref name="number"/> of L-1, due on the first of a month of 2026.</summary>
    public static string Instalment(int number, params (string Name, string Value)[] changes) =>
        Row([("instalmentNumber", $"{number}"), ("dueOn", $"2026-{number + 2:00}-01"), .. changes]);

    public static string File(params string[] rows) => string.Join('\n', [Header, .. rows, ""]);
}

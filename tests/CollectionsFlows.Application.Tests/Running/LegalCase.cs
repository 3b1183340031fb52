using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Running;

/// <summary>A Chinese consumer loan from its first instalment to the court: reminders, a promise broken, a payment that bounced, a complaint, calls, approval.</summary>
internal static class LegalCase
{
    public const string LoanId = "L-1042";
    public const string BorrowerId = "B-77";
    public const string Phone = "+86-555-0142";
    public const string Reply = "<script>alert('本月工资未发')</script> & \"下周还\"";

    public static LoanTerms Terms() => new()
    {
        LoanId = LoanId,
        BorrowerId = BorrowerId,
        Product = "personal",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = "CN",
        TimeZones = ["Asia/Shanghai"],
        Currency = Currency.Parse("CNY"),
        PenaltyAnnualRate = 0.18m,
        Instalments =
        [
            .. Enumerable.Range(1, 6).Select(number => new Instalment(number, new DateOnly(2025, 1, 15).AddMonths(number - 1), 2000m, 120m - (20m * (number - 1)), 10m)),
        ],
        Attributes = new Dictionary<string, string> { ["monthlyIncome"] = "8000", ["creditScore"] = "610" },
    };

    /// <summary>Up to the day on which the legal committee is asked; the approval waits.</summary>
    public static async Task<Office> BeforeApprovalAsync()
    {
        var office = new Office("2025-01-02T01:00:00Z");
        await office.EnrolAsync(Terms(), office.Details("Zhang Example 示例", "zh-CN", (Channel.Sms, Phone), (Channel.Email, "zhang@example.test")), "cn-consumer");
        await office.UntilAsync(LoanId, "2025-01-14T02:00:00Z");
        await office.HappensAsync(LoanId, "payment.posted", """{"paymentId":"P-1","amount":2130,"currency":"CNY","method":"transfer"}""");
        await office.UntilAsync(LoanId, "2025-02-26T03:00:00Z");
        await office.HappensAsync(LoanId, "reply.received", $$"""{"channel":"sms","text":{{System.Text.Json.JsonSerializer.Serialize(Reply)}}}""");
        await office.HappensAsync(LoanId, "promise.made", """{"promiseId":"PR-1","amount":2000,"dueOn":"2025-03-05"}""");
        await office.UntilAsync(LoanId, "2025-03-04T03:00:00Z");
        await office.HappensAsync(LoanId, "payment.posted", """{"paymentId":"P-2","amount":500,"currency":"CNY","method":"card"}""");
        await office.UntilAsync(LoanId, "2025-03-07T03:00:00Z");
        await office.HappensAsync(LoanId, "payment.reversed", """{"paymentId":"P-2","reason":"nsf"}""");
        await office.UntilAsync(LoanId, "2025-04-21T06:30:00Z");
        await office.HappensAsync(LoanId, "contact.reported", """{"channel":"phone","direction":"outbound","outcome":"conversation","by":"agent-7"}""");
        await office.HappensAsync(LoanId, "complaint.raised", """{"complaintId":"C-1","text":"打电话太频繁"}""");
        await office.UntilAsync(LoanId, "2025-04-25T06:30:00Z");
        await office.HappensAsync(LoanId, "complaint.advanced", """{"complaintId":"C-1","step":"answered"}""");
        await office.HappensAsync(LoanId, "complaint.advanced", """{"complaintId":"C-1","step":"archived"}""");
        await office.UntilAsync(LoanId, "2025-09-30T02:00:00Z");
        return office;
    }

    /// <summary>After the committee said yes: referred, with its dossier.</summary>
    public static async Task<Office> ReferredAsync()
    {
        var office = await BeforeApprovalAsync();
        var approval = Assert.Single((await office.StateAsync(LoanId)).Approvals);
        await office.HappensAsync(LoanId, "approval.decided", $$"""{"approvalId":"{{approval.Id}}","approved":true,"by":"committee-2","reason":"expected recovery exceeds the cost of suit"}""", by: "committee-2");
        return office;
    }
}

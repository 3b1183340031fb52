using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What a lender sends beside the contract's columns may be personal data: only risk inputs reach the record (S25).</summary>
public class SeparationTests
{
    private const string File =
        """
        loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue,creditScore,nationalId,monthlyIncome
        L-1,B-1,Invented Name,+12025550101,,en-US,US,America/New_York,short-term,creditor,USD,0,1,2026-03-01,100,0,0,640,123456789,not told
        """;

    [Fact]
    public void only_numbers_the_scorecard_knows_stay_with_the_terms()
    {
        var loan = Assert.Single(LoansFile.ReadText(File).Loans).Separated();
        Assert.Equal(new Dictionary<string, string> { ["creditScore"] = "640" }, loan.Terms.Attributes);
        Assert.Equal(new Dictionary<string, string> { ["nationalId"] = "123456789", ["monthlyIncome"] = "not told" }, loan.Borrower.Attributes);
    }

    [Fact]
    public void an_event_of_our_own_name_is_refused()
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            """{"id":"cmd:L-1:7:1","at":"2026-03-01T10:00:00+08:00","loanId":"L-1","type":"loan.withdrawn","data":{"reason":"sold"}}""");
        Assert.Null(EventReader.Read(json.RootElement, id: null, out var errors));
        Assert.Equal("id", Assert.Single(errors).Field);
    }
}

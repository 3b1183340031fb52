using System.Net;
using System.Text.Json;
using CollectionsFlows.Local.Tests.Kills;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>What the tests of the durable host do and look at.</summary>
internal static class Stories
{
    /// <summary>Who owes every loan of these tests. Invented.</summary>
    public const string Name = "Ann Example";

    public const string Phone = "+12125550101";

    public const string Email = "ann@example.com";

    /// <summary>Enrols a loan under <c>us-creditor</c>, by HTTP.</summary>
    public static async Task ImportAsync(DurableHouse house, string loanId, params (string DueOn, int Principal)[] instalments)
    {
        const string columns =
            "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue\n";
        var rows = instalments.Select((instalment, index) =>
            $"{loanId},B-{loanId},{Name},{Phone},{Email},en-US,US,America/New_York,loan,creditor,USD,0,{index + 1},{instalment.DueOn},{instalment.Principal},0,0\n");
        await SendAsync(house, Stimulus.Import(columns + string.Concat(rows)) with { Path = "/api/loans?policy=us-creditor" }, HttpStatusCode.OK);
    }

    public static async Task SendAsync(DurableHouse house, Stimulus stimulus, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        using var request = stimulus.ToRequest(house.WebhookSecret);
        if (stimulus.WebhookId is null)
            request.Headers.Authorization = new("Bearer", house.Token);
        using var response = await client.SendAsync(request);
        Assert.True(response.StatusCode == expected, $"{stimulus.Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>The ladder's steps a case has taken, in order.</summary>
    public static async Task<IReadOnlyList<string>> StepsAsync(DurableHouse house, string loanId)
    {
        var steps = new List<string>();
        foreach (var entry in await house.JournalAsync(loanId))
        {
            using var line = JsonDocument.Parse(entry.Line);
            if (line.RootElement.GetProperty("type").GetString() == "step.taken")
                steps.Add(line.RootElement.GetProperty("data").GetProperty("step").GetString()!);
        }

        return steps;
    }
}

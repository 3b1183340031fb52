using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Local.Tests.Kills;

namespace CollectionsFlows.Local.Tests.Conformance;

/// <summary>
/// One behaviour, two hosts: the same stories lived through HTTP and time, the same facts expected, to the byte (the chain of hashes included).
/// The milestones are written down by hand from the policy <c>us-creditor</c>; the whole journals are pinned beside this file.
/// </summary>
public abstract class HostConformance
{
    protected const string Start = "2026-02-20T10:00:00-05:00";

    private const string Columns =
        "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue\n";

    protected abstract Task<IHostUnderTest> StartAsync(DateTimeOffset now);

    [Fact]
    public async Task a_reminded_borrower_pays_and_is_cured()
    {
        await using var story = await BeginAsync("L-cure", ("2026-03-02", 300), ("2026-09-01", 300));
        await story.UntilAsync("2026-03-04T09:00:00-05:00");
        await story.PayAsync("P-1", 300);
        await story.UntilAsync("2026-03-20T00:00:00-04:00");

        await story.ExpectAsync(
            "2026-02-20T10:00:00-05:00 case.opened",
            "2026-02-27T10:00:00-05:00 contact.attempted", // care-due-soon, three days before the due date
            "2026-03-03T00:00:00-05:00 delinquency.began", // DPD 1
            "2026-03-03T10:00:00-05:00 contact.attempted", // friendly-reminder, DPD 1 at 10:00
            "2026-03-04T09:00:00-05:00 payment.posted",
            "2026-03-04T09:00:00-05:00 delinquency.cured",
            "2026-03-04T09:00:00-05:00 status.changed");
        await story.PinAsync("cure");
    }

    [Fact]
    public async Task a_promise_is_broken_the_tiers_follow_and_the_court_is_approved()
    {
        await using var story = await BeginAsync("L-legal", ("2026-03-02", 600));
        await story.UntilAsync("2026-03-04T09:00:00-05:00");
        await story.EnterAsync("evt-promise", "promise.made", """{"promiseId":"PR-1","amount":600,"dueOn":"2026-03-09"}""");
        await story.UntilAsync("2026-06-19T12:00:00-04:00");
        await story.DecideAsync("legal", approved: true);
        await story.UntilAsync("2026-06-25T00:00:00-04:00");

        await story.ExpectAsync(
            "2026-03-04T09:00:00-05:00 promise.made",
            "2026-03-11T00:00:00-04:00 promise.broken", // due on the 9th and a day of grace
            "2026-04-01T10:00:00-04:00 stage.entered", // mid, DPD 30
            "2026-05-01T10:00:00-04:00 stage.entered", // late, DPD 60
            "2026-05-31T10:00:00-04:00 stage.entered", // pre-legal, DPD 90
            "2026-06-05T10:00:00-04:00 task.opened", // lawyers-letter, DPD 95
            "2026-06-19T10:00:00-04:00 approval.requested", // fourteen days after it
            "2026-06-19T12:00:00-04:00 approval.decided",
            "2026-06-19T12:00:00-04:00 legal.requested",
            "2026-06-19T12:00:00-04:00 legal.referred");
        await story.ExpectDossierAsync("Dossier for referral to court");
        await story.PinAsync("legal");
    }

    [Fact]
    public async Task nothing_helps_and_the_debt_is_written_off()
    {
        await using var story = await BeginAsync("L-write-off", ("2026-03-02", 300));
        await story.UntilAsync("2026-06-30T12:00:00-04:00");
        await story.DecideAsync("write-off", approved: true);
        await story.UntilAsync("2026-07-05T00:00:00-04:00");

        await story.ExpectAsync(
            "2026-03-03T10:00:00-05:00 contact.attempted",
            "2026-06-30T10:00:00-04:00 approval.requested", // charge-off, DPD 120
            "2026-06-30T12:00:00-04:00 approval.decided",
            "2026-06-30T12:00:00-04:00 write-off.requested",
            "2026-06-30T12:00:00-04:00 write-off.executed",
            "2026-06-30T12:00:00-04:00 status.changed");
        await story.ExpectDossierAsync("Dossier for write-off");
        await story.PinAsync("write-off");
    }

    private async Task<Story> BeginAsync(string loanId, params (string DueOn, int Principal)[] instalments)
    {
        var host = await StartAsync(At(Start));
        var story = new Story(host, loanId);
        var rows = instalments.Select((instalment, index) =>
            $"{loanId},B-{loanId},Ann Example,+12125550101,,en-US,US,America/New_York,loan,creditor,USD,0,{index + 1},{instalment.DueOn},{instalment.Principal},0,0\n");
        await story.SendAsync(Stimulus.Import(Columns + string.Concat(rows)) with { Path = "/api/loans?policy=us-creditor" }, HttpStatusCode.OK);
        return story;
    }

    /// <summary>Where this file is: only a build on the machine itself can tell.</summary>
    private static string Pins([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Pins");

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private sealed class Story(IHostUnderTest host, string loanId) : IAsyncDisposable
    {
        private readonly HttpClient client = new() { BaseAddress = host.Address };
        private string now = Start;

        public Task UntilAsync(string instant)
        {
            now = instant;
            return host.AdvanceToAsync(At(instant));
        }

        public Task PayAsync(string paymentId, int amount) => SendAsync(
            Stimulus.Webhook($"evt-{paymentId}", $$$"""{"loanId":"{{{loanId}}}","type":"payment.posted","at":"{{{now}}}","data":{"paymentId":"{{{paymentId}}}","amount":{{{amount}}},"currency":"USD"}}"""),
            HttpStatusCode.Accepted);

        public Task EnterAsync(string id, string type, string data) => SendAsync(
            new Stimulus(id, $"/api/cases/{loanId}/events", $$"""{"id":"{{id}}","at":"{{now}}","type":"{{type}}","data":{{data}},"reason":"told us by phone"}""", "application/json"),
            HttpStatusCode.Accepted);

        public async Task DecideAsync(string subject, bool approved)
        {
            using var approvals = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/cases/{loanId}", UriKind.Relative)));
            var approval = approvals.RootElement.GetProperty("approvals").EnumerateArray().Single(open => open.GetProperty("subject").GetString() == subject);
            await SendAsync(Stimulus.Approval(loanId, approval.GetProperty("id").GetString()!, approved), HttpStatusCode.Accepted);
        }

        public async Task SendAsync(Stimulus stimulus, HttpStatusCode expected)
        {
            client.DefaultRequestHeaders.Authorization = stimulus.WebhookId is null ? new AuthenticationHeaderValue("Bearer", host.Token) : null;
            using var request = stimulus.ToRequest(host.WebhookSecret);
            using var response = await client.SendAsync(request);
            Assert.True(response.StatusCode == expected, $"{stimulus.Name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Token);
        }

        public async Task ExpectAsync(params string[] milestones)
        {
            var lived = (await host.JournalAsync(loanId)).Select(Milestone).ToHashSet();
            Assert.All(milestones, milestone => Assert.Contains((At(milestone.Split(' ')[0]), milestone.Split(' ')[1]), lived));
        }

        /// <summary>Who may read personal data reads the archived dossier over HTTP, and its JSON has the hash that is on the record.</summary>
        public async Task ExpectDossierAsync(string title)
        {
            using var list = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/cases/{loanId}/dossiers", UriKind.Relative)));
            var dossier = Assert.Single(list.RootElement.GetProperty("dossiers").EnumerateArray());
            var documents = dossier.GetProperty("documents").EnumerateArray().ToDictionary(
                document => document.GetProperty("name").GetString()!, document => new Uri(document.GetProperty("path").GetString()!, UriKind.Relative), StringComparer.Ordinal);
            Assert.Contains($"{title}: loan {loanId}", await client.GetStringAsync(documents["dossier.html"]), StringComparison.Ordinal);
            var json = await client.GetByteArrayAsync(documents["dossier.json"]);
            Assert.Contains((await host.JournalAsync(loanId)).Select(entry => Encoding.UTF8.GetString(entry.Line)), line => line.Contains(Convert.ToHexStringLower(SHA256.HashData(json)), StringComparison.Ordinal));
        }

        /// <summary>The whole journal, as released. <c>COLLECTIONS_PIN=1</c> writes it: a new story is pinned on the embedded host and read before it is committed.</summary>
        public async Task PinAsync(string name)
        {
            var journal = string.Concat((await host.JournalAsync(loanId)).Select(entry => Encoding.UTF8.GetString(entry.Line) + "\n"));
            if (Environment.GetEnvironmentVariable("COLLECTIONS_PIN") == "1")
                await File.WriteAllTextAsync(Path.Combine(Pins(), $"{name}.ndjson"), journal);
            else
                Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Conformance", "Pins", $"{name}.ndjson")), journal);
        }

        private static (DateTimeOffset At, string Type) Milestone(JournalEntry entry)
        {
            using var line = JsonDocument.Parse(entry.Line);
            return (line.RootElement.GetProperty("at").GetDateTimeOffset(), line.RootElement.GetProperty("type").GetString()!);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await host.DisposeAsync();
        }

    }
}

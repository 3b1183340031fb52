using System.Net;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Tests.Webhooks;

namespace CollectionsFlows.Web.Tests.Api;

public class OperatorEventTests
{
    private const string Path = "/api/cases/L-1/events";
    private const string Promise = """{"type":"promise.made","data":{"promiseId":"PR-1","amount":100,"dueOn":"2026-03-20"},"reason":"phone call"}""";
    private const string Decision = """{"type":"approval.decided","data":{"approvalId":"L-1:8","approved":true},"reason":"worth the suit"}""";

    [Fact]
    public async Task an_event_is_stored_with_who_entered_it_and_why()
    {
        await using var host = await StartAsync();
        var receipt = await host.PostAsync(Role.Agent, Path, Promise).JsonAsync(HttpStatusCode.Accepted);
        var input = Assert.Single((await host.Store.LoadAsync("L-1")).Inbox).Input;
        Assert.Equal((receipt.Text("id"), "Agent One", host.CaseTime.Now), (input.Id, input.By, input.At));
        Assert.Equal(new CaseEvent.PromiseMade("PR-1", 100m, new(2026, 3, 20)), input.Event);
    }

    [Fact]
    public async Task without_a_key_every_request_is_another_event()
    {
        await using var host = await StartAsync();
        await host.PostAsync(Role.Agent, Path, Promise).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(Role.Agent, Path, Promise).JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task a_retry_with_the_same_key_or_id_is_the_same_event_even_later()
    {
        await using var host = await StartAsync();
        foreach (var (body, key) in new[] { (Promise, "key-1"), (Promise.Replace("{\"type\"", "{\"id\":\"op-own\",\"type\"", StringComparison.Ordinal), "key-2") })
        {
            await host.PostAsync(Role.Agent, Path, body, ("Idempotency-Key", key)).JsonAsync(HttpStatusCode.Accepted);
            host.CaseTime.Now += TimeSpan.FromHours(1);
            await host.PostAsync(Role.Agent, Path, body, ("Idempotency-Key", key)).JsonAsync(HttpStatusCode.OK);
            await host.PostAsync(Role.Agent, Path, body.Replace("100", "101", StringComparison.Ordinal), ("Idempotency-Key", key))
                .ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        }

        // Another operator's key is another key.
        await host.PostAsync(Role.Supervisor, Path, Promise, ("Idempotency-Key", "key-1")).JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task of_many_equal_requests_at_once_exactly_one_stores()
    {
        await using var host = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.PostAsync(Role.Agent, Path, Promise, ("Idempotency-Key", "key-1"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("""{"type":"promise.made","data":{"promiseId":"PR-1","amount":100,"dueOn":"2026-03-20"}}""", "$.reason")]
    [InlineData("""{"type":"promise.made","data":{"promiseId":"PR-1","amount":100,"dueOn":"2026-03-20"},"reason":"  "}""", "$.reason")]
    [InlineData("""{"type":"promise.made","data":{"promiseId":"PR-1","amount":100,"dueOn":"2026-03-20"},"reason":7}""", "$.reason")]
    [InlineData("""{"type":"promise.made","data":{"promiseId":"PR-1","amount":-1,"dueOn":"2026-03-20"},"reason":"x"}""", "$.data.amount")]
    [InlineData("""{"type":"promise.guessed","data":{},"reason":"x"}""", "$.type")]
    [InlineData("""{"type":7,"data":{},"reason":"x"}""", "$.type")]
    [InlineData("""{"type":"hold.placed","reason":"x"}""", "$.data")]
    [InlineData("""{"type":"hold.placed","data":{"reason":"fraud"},"reason":"x","loanId":"L-2"}""", "$.loanId")]
    [InlineData("""{"type":"hold.placed","data":{"reason":"fraud"},"reason":"x","at":"yesterday"}""", "$.at")]
    [InlineData("""{"type":"hold.placed","data":{"reason":"fraud"},"reason":"x","resaon":"y"}""", "$.resaon")]
    [InlineData("""{"type":"approval.decided","data":7,"reason":"x"}""", "$.data")]
    [InlineData("[]", "$")]
    public async Task what_is_wrong_is_named_by_its_path(string body, string path)
    {
        await using var host = await StartAsync();
        Assert.Contains(path, (await host.PostAsync(Role.Supervisor, Path, body).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event")).Fields());
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task malformed_oversize_unknown_and_strange_keys_are_refused()
    {
        await using var host = await StartAsync();
        await host.PostAsync(Role.Agent, Path, "{").ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
        await host.PostAsync(Role.Agent, Path, """{"type":"reply.received","reason":"r","data":{"channel":"sms","text":"\ud800"}}""").ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
        await host.PostAsync(Role.Agent, "/api/cases/L-1/messages", """{"channel":"sms","reason":"r","text":"a","\udc00":"b"}""").ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
        await host.PostAsync(Role.Agent, Path, new string(' ', 65_537)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        await host.PostAsync(Role.Agent, "/api/cases/L-9/events", Promise).ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
        await host.PostAsync(Role.Agent, Path, Promise, ("Idempotency-Key", new string('k', 201))).ProblemAsync(HttpStatusCode.BadRequest, "invalid-idempotency-key");
    }

    [Fact]
    public async Task only_a_supervisor_decides_approvals_and_only_in_the_own_name()
    {
        await using var host = await StartAsync();
        var problem = await host.PostAsync(Role.Agent, Path, Decision).ProblemAsync(HttpStatusCode.Forbidden, "wrong-role");
        Assert.Contains("supervisor", problem.Text("detail"), StringComparison.Ordinal);
        problem = await host.PostAsync(Role.Supervisor, Path, Decision.Replace("\"approved\":true", "\"approved\":true,\"by\":\"the boss\"", StringComparison.Ordinal))
            .ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Equal(["$.data.by"], problem.Fields());
        await host.PostAsync(Role.Supervisor, Path, Decision).JsonAsync(HttpStatusCode.Accepted);
        var decided = Assert.IsType<CaseEvent.ApprovalDecided>(Assert.Single((await host.Store.LoadAsync("L-1")).Inbox).Input.Event);
        Assert.Equal(("L-1:8", true, "Supervisor One"), (decided.ApprovalId, decided.Approved, decided.DecidedBy));
    }

    [Fact]
    public async Task events_without_a_loan_wait_in_sight()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1", loanId: "L-late")).JsonAsync(HttpStatusCode.Accepted);
        var unmatched = await host.GetAsync(Role.Agent, "/api/unmatched").JsonAsync();
        Assert.Equal(1, unmatched.GetProperty("total").GetInt32());
        var waiting = unmatched.GetProperty("events")[0];
        Assert.Equal(("msg_1", "L-late", "payment.posted"), (waiting.Text("id"), waiting.Text("loanId"), waiting.GetProperty("event").Text("$type")));
        await host.GetAsync(Role.Agent, "/api/unmatched?limit=0").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
    }

    private static async Task<RunningHost> StartAsync()
    {
        var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        return host;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Webhooks;

namespace CollectionsFlows.Web.Tests.Webhooks;

public class PaymentWebhookTests
{
    [Fact]
    public async Task a_new_payment_is_stored_and_its_repetition_was_seen_before()
    {
        await using var host = await RunningHost.StartAsync();
        var receipt = await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1")).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("msg_1", receipt.GetProperty("events")[0].Text("id"));
        Assert.Equal("stored", receipt.GetProperty("events")[0].Text("result"));
        receipt = await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1")).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("seen-before", receipt.GetProperty("events")[0].Text("result"));

        var item = Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
        Assert.Equal("msg_1", item.Input.Id);
        Assert.Equal(12.50m, Assert.IsType<CaseEvent.PaymentPosted>(item.Input.Event).Amount);
        Assert.Contains("L-1", host.Ports.Rings);
    }

    [Fact]
    public async Task a_retry_signed_with_the_next_secret_is_still_the_same_event()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1"), RunningHost.OldSecret).JsonAsync(HttpStatusCode.Accepted);
        host.WallClock.Now += TimeSpan.FromHours(76);
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1")).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_same_id_with_another_body_is_a_conflict_and_changes_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1")).JsonAsync(HttpStatusCode.Accepted);
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1", 99m)).ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1", loanId: "L-2")).ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        Assert.Equal(12.50m, Assert.IsType<CaseEvent.PaymentPosted>(Assert.Single((await host.Store.LoadAsync("L-1")).Inbox).Input.Event).Amount);
        Assert.Empty((await host.Store.LoadAsync("L-2")).Inbox);
    }

    [Fact]
    public async Task of_many_equal_requests_at_once_exactly_one_stores()
    {
        await using var host = await RunningHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(23, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task a_reversal_is_taken_too()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_2", """{"at":"2021-02-25T15:00:00Z","loanId":"L-1","type":"payment.reversed","data":{"paymentId":"P-1","reason":"nsf"}}""").JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task events_of_a_list_are_numbered_or_carry_their_own_ids()
    {
        await using var host = await RunningHost.StartAsync();
        var list = $"[{SignedBy.Payment("P-1")},{SignedBy.Payment("P-2", id: "own-2")},{SignedBy.Payment("P-3")}]";
        var receipt = await host.PostWebhookAsync("msg_1", list).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(["msg_1#0", "own-2", "msg_1#2"], receipt.GetProperty("events").EnumerateArray().Select(each => each.Text("id")));
        await host.PostWebhookAsync("msg_1", list).JsonAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_list_answers_202_when_anything_is_new_and_409_when_anything_conflicts()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", $"[{SignedBy.Payment("P-1", id: "a")}]").JsonAsync(HttpStatusCode.Accepted);
        var mixed = await host.PostWebhookAsync("msg_2", $"[{SignedBy.Payment("P-1", id: "a")},{SignedBy.Payment("P-2", id: "b")}]").JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(["seen-before", "stored"], mixed.GetProperty("events").EnumerateArray().Select(each => each.Text("result")));

        var problem = await host.PostWebhookAsync("msg_3", $"[{SignedBy.Payment("P-9", id: "a")},{SignedBy.Payment("P-3", id: "c")}]").ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        Assert.Contains("under the id a", problem.GetProperty("errors")[0].Text("problem"), StringComparison.Ordinal);
        Assert.Equal(["a", "b"], (await host.Store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id));
    }

    [Fact]
    public async Task nothing_of_a_list_is_stored_when_anything_in_it_is_wrong_and_every_error_is_listed()
    {
        await using var host = await RunningHost.StartAsync();
        var list = $$"""[{{SignedBy.Payment("P-1")}}, {"at":"2021-02-25T15:00:00Z","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-2","amount":-1,"currency":"XXX"} }, 7]""";
        var problem = await host.PostWebhookAsync("msg_1", list).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Contains("$[1].data.amount", problem.Fields());
        Assert.Contains("$[1].data.currency", problem.Fields());
        Assert.Contains("$[2]", problem.Fields());
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task two_events_of_a_list_cannot_have_one_id()
    {
        await using var host = await RunningHost.StartAsync();
        var problem = await host.PostWebhookAsync("msg_1", $"[{SignedBy.Payment("P-1", id: "a")},{SignedBy.Payment("P-1", id: "a")}]").ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Equal(["$[1].id"], problem.Fields());
    }

    [Theory]
    [InlineData("promise.made", """{"promiseId":"X","amount":1,"dueOn":"2026-03-01"}""")]
    [InlineData("loan.withdrawn", """{"reason":"x"}""")]
    [InlineData("approval.decided", """{"approvalId":"L-1:8","approved":true,"by":"x","reason":"y"}""")]
    [InlineData("payment.guessed", """{}""")]
    public async Task a_payment_system_may_send_payments_only(string type, string data)
    {
        await using var host = await RunningHost.StartAsync();
        var problem = await host.PostWebhookAsync("msg_1", $$"""{"at":"2021-02-25T15:00:00Z","loanId":"L-1","type":"{{type}}","data":{{data}} }""").ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Contains("$.type", problem.Fields());
    }

    [Fact]
    public async Task a_single_event_with_an_id_of_its_own_is_refused_because_webhook_id_is_the_id()
    {
        await using var host = await RunningHost.StartAsync();
        var problem = await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1", id: "own")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Equal(["$.id"], problem.Fields());
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1", id: "msg_1")).JsonAsync(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"at\":1,}")]
    [InlineData("// comment\n{}")]
    [InlineData("{\"type\":\"payment.posted\",\"type\":\"payment.posted\"}")]
    [InlineData("{} {}")]
    [InlineData("\u0000")]
    public async Task what_is_not_strict_json_is_malformed(string body)
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", body).ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Fact]
    public async Task deep_nesting_is_malformed_and_no_burden()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", new string('[', 60_000)).ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    public async Task json_that_is_no_event_is_refused(string body)
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostWebhookAsync("msg_1", body).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
    }

    [Fact]
    public async Task an_unsigned_body_is_refused_before_anything_parses_it()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, "/api/webhooks/payments", "not json").ProblemAsync(HttpStatusCode.Unauthorized, "webhook-id-missing");
        // An access token is no signature.
        await host.PostAsync(Role.Supervisor, "/api/webhooks/payments", SignedBy.Payment("P-1")).ProblemAsync(HttpStatusCode.Unauthorized, "webhook-id-missing");
        using var answer = await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1"), "whsec_" + Convert.ToBase64String(new byte[32]));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Webhook-Signature", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task without_a_configured_secret_every_webhook_is_refused()
    {
        await using var host = await RunningHost.StartAsync(webhooks: new WebhookOptions());
        await host.PostWebhookAsync("msg_1", SignedBy.Payment("P-1")).ProblemAsync(HttpStatusCode.Unauthorized, "webhook-not-configured");
    }

    [Fact]
    public async Task stripes_signature_is_taken_with_the_events_own_id()
    {
        await using var host = await RunningHost.StartAsync();
        var receipt = await host.PostAsync(null, "/api/webhooks/payments", StripeWebhookTests.Body, ("Stripe-Signature", StripeWebhookTests.Signature)).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("evt-s1", receipt.GetProperty("events")[0].Text("id"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task more_than_64_kib_is_too_large_also_in_chunks(bool chunked)
    {
        await using var host = await RunningHost.StartAsync();
        var fits = SignedBy.Payment("P-1") + new string(' ', (64 * 1024) - SignedBy.Payment("P-1").Length);
        await host.PostWebhookAsync("msg_1", fits, chunked: chunked).JsonAsync(HttpStatusCode.Accepted);
        await host.PostWebhookAsync("msg_2", fits + " ", chunked: chunked).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task a_content_length_that_lies_gains_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        // Announces a gigabyte: refused at once, before it is sent.
        Assert.StartsWith("HTTP/1.1 413", await RawAsync(host, "Content-Length: 1073741824\r\n\r\n{}"), StringComparison.Ordinal);
        // Announces both: the server must not choose.
        Assert.StartsWith("HTTP/1.1 4", await RawAsync(host, "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), StringComparison.Ordinal);
    }

    private static async Task<string> RawAsync(RunningHost host, string rest)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Http.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/webhooks/payments HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{rest}"));
        var buffer = new byte[4096];
        var length = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}

using System.Net;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Webhooks;

namespace CollectionsFlows.Web.Tests.Webhooks;

public class MessageWebhookTests
{
    private const string Path = $"/api/webhooks/messages?key={RunningHost.MessageKey}";

    [Fact]
    public async Task the_handshake_is_answered_with_its_code()
    {
        await using var host = await RunningHost.StartAsync();
        var handshake = Event("e-1", "Microsoft.EventGrid.SubscriptionValidationEvent", """{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6","validationUrl":"https://rp.example/validate"}""");
        var answer = await host.PostAsync(null, Path, handshake).JsonAsync();
        Assert.Equal("512d38b6-c7b8-40c8-89fe-f46f9e9622b6", answer.Text("validationResponse"));
    }

    [Theory]
    [InlineData("/api/webhooks/messages")]
    [InlineData("/api/webhooks/messages?key=")]
    [InlineData("/api/webhooks/messages?key=invented-message-key-012345678")]
    [InlineData("/api/webhooks/messages?key=invented-message-key-0123456789&key=invented-message-key-0123456789")]
    public async Task without_the_key_not_even_the_handshake_is_answered(string path)
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, path, Event("e-1", "Microsoft.EventGrid.SubscriptionValidationEvent", """{"validationCode":"x"}"""))
            .ProblemAsync(HttpStatusCode.Unauthorized, "webhook-key-wrong");
    }

    [Fact]
    public async Task without_a_configured_key_everything_is_refused()
    {
        await using var host = await RunningHost.StartAsync(webhooks: new WebhookOptions());
        await host.PostAsync(null, "/api/webhooks/messages?key=", "[]").ProblemAsync(HttpStatusCode.Unauthorized, "webhook-key-wrong");
    }

    [Fact]
    public async Task the_key_may_come_in_a_header_and_is_never_logged()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, "/api/webhooks/messages", Report("e-1", "L-1:5", "Delivered", "No error."), ("aeg-webhook-key", RunningHost.MessageKey)).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(null, Path, Report("e-1", "L-1:5", "Delivered", "No error.")).JsonAsync(HttpStatusCode.OK);
        lock (host.Log)
            Assert.DoesNotContain(host.Log, line => line.Contains(RunningHost.MessageKey, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Delivered", "No error.", true, null)]
    [InlineData("Failed", "4007 recipient opted out", false, "4007")]
    [InlineData("Failed", "Error code: 4004.", false, "4004")]
    [InlineData("Failed", "unreachable", false, null)]
    [InlineData("Failed", "call 15550100100", false, null)]
    public async Task a_delivery_report_settles_the_command_of_its_tag(string status, string details, bool delivered, string? code)
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, Path, Report("e-1", "L-1:A:5", status, details)).JsonAsync(HttpStatusCode.Accepted);
        var item = Assert.Single((await host.Store.LoadAsync("L-1:A")).Inbox);
        Assert.Equal(new CaseEvent.DeliveryReported("L-1:A:5", delivered, code), item.Input.Event);
    }

    [Fact] // The provider's documented sample, with a command id for its tag (learn.microsoft.com, "Azure Communication Services - SMS events").
    public async Task a_report_as_the_provider_documents_it_is_read()
    {
        await using var host = await RunningHost.StartAsync();
        const string documented = """
            [{
              "id": "8813a09b-0cbf-4304-9b03-1546683bb910",
              "topic": "/subscriptions/invented/resourceGroups/invented/providers/microsoft.communication/communicationservices/invented",
              "subject": "/phonenumber/15555550100",
              "data": {
                "messageId": "8813a09b-0cbf-4304-9b03-1546683bb910",
                "from": "15555550100",
                "to": "+15555550101",
                "deliveryStatus": "Failed",
                "deliveryStatusDetails": "4005: blocked by the destination carrier.",
                "receivedTimestamp": "2026-03-10T11:00:20.2855749Z",
                "deliveryAttempts": [{ "timestamp": "2026-03-10T11:00:14.9315918Z", "segmentsSucceeded": 0, "segmentsFailed": 1 }],
                "Tag": "L-1:5"
              },
              "eventType": "Microsoft.Communication.SMSDeliveryReportReceived",
              "dataVersion": "1.0",
              "metadataVersion": "1",
              "eventTime": "2026-03-10T11:00:20Z"
            }]
            """;
        await host.PostAsync(null, Path, documented).JsonAsync(HttpStatusCode.Accepted);
        var item = Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
        Assert.Equal(new CaseEvent.DeliveryReported("L-1:5", false, "4005"), item.Input.Event);
        Assert.Equal(DateTimeOffset.Parse("2026-03-10T11:00:20.2855749Z", System.Globalization.CultureInfo.InvariantCulture), item.Input.At);
    }

    [Fact]
    public async Task start_comes_in_as_the_provider_documents_it_and_is_no_opt_out()
    {
        await using var host = await RunningHost.StartAsync();
        host.Ports.LoansByNumber["+12025550101"] = ["L-1"];
        const string documented = """
            [{
              "id": "d29ebbea-3341-4466-9690-0a03af35228e",
              "topic": "/subscriptions/invented/resourceGroups/invented/providers/microsoft.communication/communicationservices/invented",
              "subject": "/phonenumber/12025550199",
              "data": { "messageId": "d29ebbea-3341-4466-9690-0a03af35228e", "from": "12025550101", "to": "12025550199", "message": "START", "receivedTimestamp": "2026-03-10T11:00:45.0Z" },
              "eventType": "Microsoft.Communication.SMSReceived",
              "dataVersion": "1.0",
              "metadataVersion": "1",
              "eventTime": "2026-03-10T11:00:47Z"
            }]
            """;
        await host.PostAsync(null, Path, documented).JsonAsync(HttpStatusCode.Accepted);
        Assert.False(Assert.IsType<CaseEvent.ReplyReceived>(Assert.Single((await host.Store.LoadAsync("L-1")).Inbox).Input.Event).OptOut);
    }

    [Fact]
    public async Task event_grid_repeats_and_the_second_time_changes_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, Path, Report("e-1", "L-1:5", "Delivered", "No error.")).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(null, Path, Report("e-1", "L-1:5", "Delivered", "No error.")).JsonAsync(HttpStatusCode.OK);
        await host.PostAsync(null, Path, Report("e-1", "L-1:5", "Failed", "4006")).ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task a_text_goes_to_every_loan_of_its_sender()
    {
        await using var host = await RunningHost.StartAsync();
        host.Ports.LoansByNumber["+12025550101"] = ["L-1", "L-2"];
        var text = Event("e-2", "Microsoft.Communication.SMSReceived", """{"from":"12025550101","to":"+12025550199","message":"STOP","receivedTimestamp":"2026-03-10T11:00:00Z"}""");
        await host.PostAsync(null, Path, text).JsonAsync(HttpStatusCode.Accepted);
        foreach (var loan in new[] { "L-1", "L-2" })
            Assert.True(Assert.IsType<CaseEvent.ReplyReceived>(Assert.Single((await host.Store.LoadAsync(loan)).Inbox).Input.Event).OptOut);

        // A loan that came in between gets it on the retry, the others only once.
        host.Ports.LoansByNumber["+12025550101"] = ["L-0", "L-1", "L-2"];
        await host.PostAsync(null, Path, text).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(null, Path, text).JsonAsync(HttpStatusCode.OK);
        Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task what_changes_nothing_is_named_with_the_reason_and_no_number()
    {
        await using var host = await RunningHost.StartAsync();
        var list = $"[{Report("e-1", "someone-elses-tag", "Delivered", "")[1..^1]},{Event("e-2", "Microsoft.Communication.SMSReceived", """{"from":"+12025550102","message":"hi"}""")[1..^1]},{Event("e-3", "Microsoft.Communication.ChatThreadCreated", "{}")[1..^1]}]";
        using var answer = await host.PostAsync(null, Path, list);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("5550102", text, StringComparison.Ordinal);
        Assert.Equal(["e-1", "e-2", "e-3"], System.Text.Json.JsonElement.Parse(text).GetProperty("ignored").EnumerateArray().Select(each => each.Text("id")));
    }

    [Theory]
    [InlineData("{}", "$")]
    [InlineData("[7]", "$[0]")]
    [InlineData("[{}]", "$[0].id")]
    [InlineData("""[{"id":"e","eventType":"Microsoft.Communication.SMSReceived","eventTime":"2026-03-10T11:00:00Z","data":{}}]""", "$[0].data.from")]
    [InlineData("""[{"id":"e","eventType":"Microsoft.Communication.SMSDeliveryReportReceived","eventTime":"2026-03-10T11:00:00Z","data":{"tag":"L-1:5","deliveryStatus":"Lost"}}]""", "$[0].data.deliveryStatus")]
    [InlineData("""[{"id":"e","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"2026-03-10T11:00:00Z","data":{}}]""", "$[0].data.validationCode")]
    public async Task what_is_not_in_event_grids_shape_is_refused_with_its_path(string body, string path)
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Contains(path, (await host.PostAsync(null, Path, body).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event")).Fields());
    }

    [Fact]
    public async Task malformed_and_oversize_bodies_are_refused()
    {
        await using var host = await RunningHost.StartAsync();
        await host.PostAsync(null, Path, "[").ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");
        await host.PostAsync(null, Path, new string(' ', 65_537)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    // Property names as the provider once wrote them, with capitals: case must not count.
    private static string Report(string id, string tag, string status, string details) => Event(
        id, "Microsoft.Communication.SMSDeliveryReportReceived",
        $$"""{"MessageId":"m","From":"12025550199","To":"+12025550101","DeliveryStatus":"{{status}}","deliveryStatusDetails":"{{details}}","receivedTimestamp":"2026-03-10T11:00:00.1234567Z","Tag":"{{tag}}"}""");

    private static string Event(string id, string type, string data) =>
        $$"""[{"id":"{{id}}","topic":"/invented","subject":"/invented","eventType":"{{type}}","eventTime":"2026-03-10T11:00:01Z","dataVersion":"1.0","metadataVersion":"1","data":{{data}} }]""";
}

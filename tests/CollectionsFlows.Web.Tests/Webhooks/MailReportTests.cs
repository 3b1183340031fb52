using System.Net;
using System.Text.Json;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Webhooks;

/// <summary>Reports about e-mails: they carry no tag, so the address and the operation id tell whose command they settle.</summary>
public class MailReportTests
{
    private const string Path = $"/api/webhooks/messages?key={RunningHost.MessageKey}";
    private const string Address = "pat@example.test";
    private static readonly Guid Operation = Guid.Parse("fb9e3380-428f-8e59-95a1-fc82e99a5219");

    [Theory]
    [InlineData("Delivered", true, null)]
    [InlineData("delivered", true, null)] // Case is not trusted.
    [InlineData("Bounced", false, "bounced")]
    [InlineData("Suppressed", false, "suppressed")]
    [InlineData("Failed", false, "failed")]
    [InlineData("Quarantined", false, "quarantined")]
    [InlineData("FilteredSpam", false, "filtered-spam")]
    public async Task a_report_settles_the_command_its_operation_was_made_from(string status, bool delivered, string? code)
    {
        await using var host = await StartAsync("L-1:A:5");
        await host.PostAsync(null, Path, Report("e-1", status)).JsonAsync(HttpStatusCode.Accepted);
        var item = Assert.Single((await host.Store.LoadAsync("L-1:A")).Inbox);
        Assert.Equal(new CaseEvent.DeliveryReported("L-1:A:5", delivered, code), item.Input.Event);
    }

    [Theory] // The provider's documented sample, and one as it has been seen on the wire: the names' case and the details differ.
    [InlineData(""" "deliveryStatusDetails": { "statusMessage": "Status Message" }, "deliveryAttemptTimeStamp": "2026-03-10T11:00:20.2855749+00:00" """)]
    [InlineData(""" "internetMessageId": "<1.2.3@invented.test>", "deliveryStatusDetails": { "statusMessage": "", "recipientMailServerHostName": "mx.example.test" }, "deliveryAttemptTimestamp": "2026-03-10T11:00:20.2855749+00:00" """)]
    public async Task a_report_as_the_provider_writes_it_is_read(string more)
    {
        await using var host = await StartAsync();
        var written = $$"""
            [{
              "id": "00000000-0000-0000-0000-000000000001",
              "topic": "/subscriptions/invented/resourceGroups/invented/providers/microsoft.communication/communicationservices/invented",
              "subject": "sender/donotreply@invented.test/message/{{Operation}}",
              "data": { "sender": "donotreply@invented.test", "recipient": "{{Address}}", "messageId": "{{Operation}}", "status": "Bounced", {{more}} },
              "eventType": "Microsoft.Communication.EmailDeliveryReportReceived",
              "dataVersion": "1.0",
              "metadataVersion": "1",
              "eventTime": "2026-03-10T11:02:55Z"
            }]
            """;
        await host.PostAsync(null, Path, written).JsonAsync(HttpStatusCode.Accepted);
        var item = Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
        Assert.Equal(new CaseEvent.DeliveryReported("L-1:5", false, "bounced"), item.Input.Event);
        Assert.Equal(DateTimeOffset.Parse("2026-03-10T11:00:20.2855749Z", System.Globalization.CultureInfo.InvariantCulture), item.Input.At);
    }

    [Fact]
    public async Task event_grid_repeats_and_reorders_and_each_report_is_stored_once()
    {
        await using var host = await StartAsync();
        await host.PostAsync(null, Path, Report("e-2", "Delivered")).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(null, Path, Report("e-1", "Quarantined")).JsonAsync(HttpStatusCode.Accepted);
        await host.PostAsync(null, Path, Report("e-2", "Delivered")).JsonAsync(HttpStatusCode.OK);
        await host.PostAsync(null, Path, Report("e-1", "Delivered")).ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        Assert.Equal(["e-1", "e-2"], (await host.Store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Expanded", Address, "fb9e3380-428f-8e59-95a1-fc82e99a5219")] // It went out, to people we do not know.
    [InlineData("Delivered", "alex@example.test", "fb9e3380-428f-8e59-95a1-fc82e99a5219")] // A member of a mailing list, or another's mail.
    [InlineData("Delivered", Address, "fb9e3380-428f-8e59-95a1-fc82e99a521a")]
    [InlineData("Delivered", Address, "someone-elses-id")]
    [InlineData("Teleported", Address, "fb9e3380-428f-8e59-95a1-fc82e99a521a")]
    public async Task what_is_no_news_of_ours_is_named_with_the_reason_and_no_address(string status, string recipient, string operation)
    {
        await using var host = await StartAsync();
        using var answer = await host.PostAsync(null, Path, Report("e-1", status, recipient, operation));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("example.test", text, StringComparison.Ordinal);
        Assert.Equal("e-1", Assert.Single(JsonElement.Parse(text).GetProperty("ignored").EnumerateArray()).Text("id"));
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task reports_that_a_mail_was_opened_are_not_asked_for_and_answered_politely()
    {
        await using var host = await StartAsync();
        var opened = Report("e-1", "Delivered").Replace("EmailDeliveryReportReceived", "EmailEngagementTrackingReportReceived", StringComparison.Ordinal);
        await host.PostAsync(null, Path, opened).JsonAsync(HttpStatusCode.OK);
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Theory]
    [InlineData("Teleported", Address, "$[0].data.status")]
    [InlineData("", Address, "$[0].data.status")]
    [InlineData("Delivered", "", "$[0].data.recipient")]
    public async Task what_nobody_understands_is_refused_with_its_path_and_no_address(string status, string recipient, string path)
    {
        await using var host = await StartAsync();
        var problem = await host.PostAsync(null, Path, Report("e-1", status, recipient)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-event");
        Assert.Equal([path], problem.Fields());
        Assert.DoesNotContain("example.test", problem.ToString(), StringComparison.Ordinal);
        lock (host.Log)
            Assert.DoesNotContain(host.Log, line => line.Contains("example.test", StringComparison.Ordinal));
    }

    private static async Task<RunningHost> StartAsync(string commandId = "L-1:5")
    {
        var host = await RunningHost.StartAsync();
        host.Ports.CommandsByOperation[(Address, Operation)] = commandId;
        return host;
    }

    private static string Report(string id, string status, string recipient = Address, string? operation = null) => $$"""
        [{"id":"{{id}}","topic":"/invented","subject":"/invented","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","eventTime":"2026-03-10T11:00:01Z","dataVersion":"1.0",
          "data":{"sender":"donotreply@invented.test","recipient":"{{recipient}}","messageId":"{{operation ?? Operation.ToString()}}","status":"{{status}}","deliveryStatusDetails":{"statusMessage":"550 no such user {{Address}}"} } }]
        """;
}

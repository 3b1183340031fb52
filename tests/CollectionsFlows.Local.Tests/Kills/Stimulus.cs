using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>A request that may be sent again and again until it is answered.</summary>
internal sealed record Stimulus(string Name, string Path, string Body, string ContentType)
{
    /// <summary>Signs it as a payment webhook; null: the owner's token does.</summary>
    public string? WebhookId { get; private init; }

    public static Stimulus Import(string csv) => new("import", "/api/loans", csv, "text/csv");

    public static Stimulus ClockTo(DateTimeOffset instant) =>
        new($"clock {instant:yyyy-MM-dd}", "/api/clock", $$"""{"to":"{{instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"}""", "application/json");

    /// <summary>Payments come by webhook, everything else is entered by an operator.</summary>
    public static Stimulus Event(ContractEvent line)
    {
        var body = JsonNode.Parse(line.Json)!.AsObject();
        if (line.Type.StartsWith("payment.", StringComparison.Ordinal))
        {
            body.Remove("id");
            return Webhook(line.Id, body.ToJsonString());
        }

        body["reason"] = "told us";
        return new(line.Id, $"/api/cases/{line.LoanId}/events", body.ToJsonString(), "application/json");
    }

    /// <summary>A payment event as its sender signs it.</summary>
    public static Stimulus Webhook(string id, string body) => new(id, "/api/webhooks/payments", body, "application/json") { WebhookId = id };

    public static Stimulus Approval(string loanId, string approvalId, bool approved)
    {
        var data = new JsonObject { ["approvalId"] = approvalId, ["approved"] = approved };
        var body = new JsonObject { ["id"] = $"decided-{approvalId}", ["type"] = "approval.decided", ["data"] = data, ["reason"] = "looked at the file" };
        return new($"approval {approvalId}", $"/api/cases/{loanId}/events", body.ToJsonString(), "application/json");
    }

    public HttpRequestMessage ToRequest(byte[] webhookSecret)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        if (WebhookId is not null)
        {
            // Senders sign with the time of sending, which is real.
            var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var signature = Convert.ToBase64String(HMACSHA256.HashData(webhookSecret, Encoding.UTF8.GetBytes($"{WebhookId}.{seconds}.{Body}")));
            request.Headers.Add("webhook-id", WebhookId);
            request.Headers.Add("webhook-timestamp", seconds);
            request.Headers.Add("webhook-signature", $"v1,{signature}");
        }

        return request;
    }
}

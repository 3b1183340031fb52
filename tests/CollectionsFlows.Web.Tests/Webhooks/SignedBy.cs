using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Webhooks;

/// <summary>Sends webhooks as a payment system does: the signature is made here from the specification, not by the code under test.</summary>
public static class SignedBy
{
    public static async Task<HttpResponseMessage> PostWebhookAsync(this RunningHost host, string id, string body, string secret = RunningHost.Secret, bool chunked = false)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var timestamp = host.WallClock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. bytes];
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/payments");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        request.Content = chunked ? new StreamContent(new UnknownLength(bytes)) : new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await host.Http.SendAsync(request);
    }

    public static string Payment(string paymentId, decimal amount = 12.50m, string loanId = "L-1", string? id = null)
    {
        var own = id is null ? "" : $"\"id\":\"{id}\",";
        var data = string.Create(CultureInfo.InvariantCulture, $$"""{"paymentId":"{{paymentId}}","amount":{{amount}},"currency":"CNY"}""");
        return $$"""{ {{own}}"at":"2021-02-25T15:00:00+08:00","loanId":"{{loanId}}","type":"payment.posted","data":{{data}} }""";
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Triggers;

/// <summary>Everything that comes by HTTP. Webhooks are functions of their own, so that each can be watched, throttled and switched off by itself; all run the same pipeline.</summary>
public sealed class HttpTriggers(WebPipeline web, CaseClocks clocks)
{
    /// <summary>Payments, signed by Standard Webhooks.</summary>
    [Function("PaymentWebhook")]
    public Task PaymentWebhookAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/payments")] HttpRequest request, [DurableClient] DurableTaskClient durable) =>
        AnswerAsync(request, durable);

    /// <summary>Delivery reports and inbound SMS from Event Grid, its handshake included.</summary>
    [Function("MessageEvents")]
    public Task MessageEventsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "options", Route = "api/webhooks/messages")] HttpRequest request, [DurableClient] DurableTaskClient durable) =>
        AnswerAsync(request, durable);

    /// <summary>The API and the console.</summary>
    [Function("Web")]
    public Task WebAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", "options", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient durable) =>
        AnswerAsync(request, durable);

    private Task AnswerAsync(HttpRequest request, DurableTaskClient durable)
    {
        clocks.Attach(durable);
        return web.RunAsync(request.HttpContext);
    }
}

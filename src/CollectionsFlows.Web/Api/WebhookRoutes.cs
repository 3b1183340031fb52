using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Webhooks: their callers are known by signature or key.</summary>
internal static class WebhookRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/webhooks/payments", (HttpContext context, PaymentWebhook webhook) => webhook.ReceiveAsync(context)).AllowAnonymous()
            .WithSummary("Payments by Standard Webhooks (or Stripe's signature): one event whose id is webhook-id, or a list")
            .Takes<EventMessage>("application/json").Produces<WebhookReceipt>().Produces<WebhookReceipt>(StatusCodes.Status202Accepted).Problems(400, 401, 409, 413);
        routes.MapPost("/api/webhooks/messages", (HttpContext context, MessageWebhook webhook) => webhook.ReceiveAsync(context)).AllowAnonymous()
            .WithSummary("Delivery reports and inbound SMS in Event Grid's shape, subscription handshake included")
            .Produces<MessageWebhookReceipt>().Produces<MessageWebhookReceipt>(StatusCodes.Status202Accepted).Problems(400, 401, 409, 413);
    }
}

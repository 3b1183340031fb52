using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Takes delivery reports and inbound SMS in, in Event Grid's shape, with its handshake. Event Grid retries up to 24 hours, repeats and reorders: the event's id tells repetitions.</summary>
/// <remarks>One conflicting event does not keep the others of its batch out: Event Grid does not send a refused batch again.</remarks>
internal sealed class MessageWebhook(EventIntake intake, MessageEvents reader, WebhookOptions options)
{
    private const string ValidationType = "Microsoft.EventGrid.SubscriptionValidationEvent";

    public async Task<IResult> ReceiveAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (!HasKey(context.Request))
            return Refused(context);
        if (await BoundedBody.ReadAsync(context.Request, options.MaxBodyBytes, cancellation) is not { } body)
            return ProblemResult.TooLarge(options.MaxBodyBytes);
        using var json = BoundedBody.Parse(body, out var malformed);
        if (json is null)
            return ProblemResult.Invalid([malformed!], "malformed-json");

        var events = GridEvent.ReadList(json.RootElement, out var errors);
        if (errors.Count > 0)
            return ProblemResult.Invalid(errors, "invalid-event");
        if (events.FirstOrDefault(each => each.Type == ValidationType) is { } handshake)
            return Handshake(handshake);
        var (read, ignored) = await reader.ReadAsync(events, errors, cancellation);
        return errors.Count > 0 ? ProblemResult.Invalid(errors, "invalid-event") : await StoreAsync(read, ignored, cancellation);
    }

    private bool HasKey(HttpRequest request)
    {
        var shown = request.Headers["aeg-webhook-key"] is [{ } header] ? header : request.Query["key"] is [{ } query] ? query : "";
        // Hashes have one length, so the comparison takes one time.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(shown));
        var any = false;
        foreach (var key in options.MessageKeys)
            any |= CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return any;
    }

    private static ProblemResult Refused(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Webhook-Key";
        return ProblemResult.Of(401, "webhook-key-wrong", "The webhook has no good key", "send the configured key as ?key= or as the header aeg-webhook-key");
    }

    private static IResult Handshake(GridEvent handshake) => handshake.Text("validationCode") is { Length: > 0 } code
        ? JsonAnswer.Of(new SubscriptionValidation(code), WebJson.Answers.SubscriptionValidation)
        : ProblemResult.Invalid([new(null, $"{handshake.Path}.data.validationCode", "expected the code to answer with")], "invalid-event");

    private async Task<IResult> StoreAsync(IReadOnlyList<OutsideEvent> events, IReadOnlyList<IgnoredMessageEvent> ignored, CancellationToken cancellation)
    {
        var receipts = new List<EventReceipt>();
        foreach (var received in events)
            receipts.Add(new(received.Id, Receipts.Of(await intake.AcceptAsync(received, by: null, reason: null, cancellation))));
        if (Receipts.Conflicts(receipts) is { } conflict)
            return conflict;
        return JsonAnswer.Of(new MessageWebhookReceipt(receipts, ignored), WebJson.Answers.MessageWebhookReceipt, Receipts.StatusOf(receipts));
    }
}

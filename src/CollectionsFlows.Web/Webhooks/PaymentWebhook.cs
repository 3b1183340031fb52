using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Takes payments in: raw body, signature, reading, storing, in this order, so that nothing unsigned is ever parsed.</summary>
/// <remarks>
/// A list is read completely, and looked up for conflicts, before any of it is stored. Events are then stored one after another, each durably and
/// once; a crash in between is healed by the sender's retry, to which the stored ones are duplicates. Only a conflicting event that arrives in
/// another request at the same instant can leave a list half stored; the answer says which ones conflict.
/// The answer to a list: 409 if any event conflicts, else 202 if any is new, else 200.
/// </remarks>
internal sealed class PaymentWebhook(EventIntake intake, ICaseStore cases, WebhookOptions options, IReadOnlyList<IWebhookVerifier> verifiers)
{
    public async Task<IResult> ReceiveAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        if (await BoundedBody.ReadAsync(context.Request, options.MaxBodyBytes, cancellation) is not { } body)
            return ProblemResult.TooLarge(options.MaxBodyBytes);
        var verdict = Verify(context.Request.Headers, body);
        if (verdict is not WebhookVerdict.Accepted accepted)
            return Refused(context, (WebhookVerdict.Rejected)verdict);

        using var json = BoundedBody.Parse(body, out var malformed);
        if (json is null)
            return ProblemResult.Invalid([malformed!], "malformed-json");
        var events = PaymentEvents.Read(json.RootElement, accepted.MessageId, out var errors);
        return errors.Count > 0 ? ProblemResult.Invalid(errors, "invalid-event") : await StoreAsync(events, cancellation);
    }

    private WebhookVerdict Verify(IHeaderDictionary headers, byte[] body)
    {
        if (verifiers.Count == 0)
            return new WebhookVerdict.Rejected("webhook-not-configured", "no payment webhook secret is configured on this server");
        // The scheme is the one whose signature the request shows; several sources may share a scheme.
        var candidates = verifiers.Where(verifier => headers.ContainsKey(verifier.SignatureHeader)).ToList();
        var verdicts = (candidates.Count > 0 ? candidates : verifiers.Take(1)).Select(verifier => verifier.Verify(headers, body)).ToList();
        return verdicts.Find(verdict => verdict is WebhookVerdict.Accepted) ?? verdicts[0];
    }

    private static ProblemResult Refused(HttpContext context, WebhookVerdict.Rejected rejected)
    {
        context.Response.Headers.WWWAuthenticate = "Webhook-Signature";
        return ProblemResult.Of(401, rejected.Type, "The webhook is not signed as it must be", rejected.Why);
    }

    private async Task<IResult> StoreAsync(IReadOnlyList<OutsideEvent> events, CancellationToken cancellation)
    {
        var receipts = await Receipts.KnownConflictsAsync(cases, events, cancellation);
        if (receipts.Count == 0)
        {
            foreach (var received in events)
                receipts.Add(new(received.Id, Receipts.Of(await intake.AcceptAsync(received, by: null, reason: null, cancellation))));
        }

        if (Receipts.Conflicts(receipts) is { } conflict)
            return conflict;
        return JsonAnswer.Of(new WebhookReceipt(receipts), WebJson.Answers.WebhookReceipt, Receipts.StatusOf(receipts));
    }
}

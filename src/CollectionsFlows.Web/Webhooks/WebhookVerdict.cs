namespace CollectionsFlows.Web.Webhooks;

/// <summary>Whether a webhook is from who it says and of now.</summary>
public abstract record WebhookVerdict
{
    private WebhookVerdict()
    {
    }

    /// <summary>The signature holds. <paramref name="MessageId"/> is the idempotency key the scheme has; null when it has none.</summary>
    public sealed record Accepted(string? MessageId) : WebhookVerdict;

    /// <summary>Refused.</summary>
    /// <param name="Type">The slug of the problem.</param>
    /// <param name="Why">A sentence for the sender's developer: never a secret, never the expected signature.</param>
    public sealed record Rejected(string Type, string Why) : WebhookVerdict;
}

namespace CollectionsFlows.Web.Webhooks;

/// <summary>How a source signs its webhooks.</summary>
public enum WebhookScheme
{
    /// <summary>Standard Webhooks.</summary>
    Standard,

    /// <summary>Stripe's header.</summary>
    Stripe,
}

/// <summary>One sender of payment events.</summary>
/// <param name="Name">For logs and error messages.</param>
/// <param name="Scheme">How it signs.</param>
/// <param name="Secrets">One, or several while rotating.</param>
public sealed record WebhookSource(string Name, WebhookScheme Scheme, IReadOnlyList<string> Secrets);

/// <summary>Who may send webhooks. Checked when the host starts.</summary>
public sealed record WebhookOptions
{
    /// <summary>The senders of payment events; with none, every payment webhook is refused.</summary>
    public IReadOnlyList<WebhookSource> Payments { get; init; } = [];

    /// <summary>The keys of which the message webhook's URL (<c>?key=</c>) or <c>aeg-webhook-key</c> header must carry one; several while rotating; with none, every one is refused.</summary>
    public IReadOnlyList<string> MessageKeys { get; init; } = [];

    /// <summary>Bytes a webhook's body may have.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>Reads the senders of payment events from their secrets: one a line or separated by commas, several while rotating; those beginning with <c>stripe:</c> are Stripe's, lines beginning with <c>#</c> are skipped.</summary>
    public static IReadOnlyList<WebhookSource> SourcesOf(string secrets)
    {
        const string stripe = "stripe:";
        var bySender = secrets.Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(secret => secret[0] != '#')
            .ToLookup(secret => secret.StartsWith(stripe, StringComparison.Ordinal));
        List<WebhookSource> sources = [];
        if (bySender[false].Any())
            sources.Add(new WebhookSource("payments", WebhookScheme.Standard, [.. bySender[false]]));
        if (bySender[true].Any())
            sources.Add(new WebhookSource("stripe", WebhookScheme.Stripe, [.. bySender[true].Select(secret => secret[stripe.Length..])]));
        return sources;
    }

    /// <summary>Everything wrong with the options, without repeating a secret.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        foreach (var source in Payments)
        {
            if (source.Secrets.Count == 0)
                problems.Add($"webhook source '{source.Name}' has no secret");
            for (var number = 0; number < source.Secrets.Count; number++)
            {
                if (Parse(source.Scheme, source.Secrets[number], out var problem) is null)
                    problems.Add($"webhook source '{source.Name}', secret {number + 1}: {problem}");
            }
        }

        for (var number = 0; number < MessageKeys.Count; number++)
        {
            if (MessageKeys[number].Length < 24)
                problems.Add($"message webhook key {number + 1} has {MessageKeys[number].Length} characters; it must have at least 24");
        }

        if (MaxBodyBytes is < 1024 or > 1024 * 1024)
            problems.Add($"a webhook's body limit must be 1 KiB to 1 MiB, not {MaxBodyBytes} bytes");
        return problems;
    }

    /// <summary>A verifier for each payment source.</summary>
    /// <exception cref="ArgumentException">The options have problems; all are listed.</exception>
    public IReadOnlyList<IWebhookVerifier> PaymentVerifiers(TimeProvider clock)
    {
        if (Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join("; ", problems));
        return [.. Payments.Select(source => Verifier(source, clock))];
    }

    private static IWebhookVerifier Verifier(WebhookSource source, TimeProvider clock)
    {
        var secrets = source.Secrets.Select(secret => Parse(source.Scheme, secret, out _)!).ToList();
        return source.Scheme == WebhookScheme.Stripe ? new StripeWebhookVerifier(secrets, clock) : new StandardWebhookVerifier(secrets, clock);
    }

    private static WebhookSecret? Parse(WebhookScheme scheme, string secret, out string problem) =>
        scheme == WebhookScheme.Stripe ? WebhookSecret.ParseStripe(secret, out problem) : WebhookSecret.ParseStandard(secret, out problem);
}

using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Webhooks;

namespace CollectionsFlows.Web.Hosting;

/// <summary>What a host tells the web part.</summary>
public sealed record WebOptions
{
    /// <summary>Who may send webhooks.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>The bearer tokens accepted.</summary>
    public AccessTokens Tokens { get; init; } = AccessTokens.None;

    /// <summary>The authentication scheme of callers; null: bearer tokens and console sessions of this product. Another scheme is registered by the host and gives each caller a name and role claims (<c>viewer</c>, <c>agent</c>, <c>supervisor</c>, <c>auditor</c>); then there is no sign-in form.</summary>
    public string? AuthenticationScheme { get; init; }

    /// <summary>Where people sign in and out under another scheme; null: by this product's own form.</summary>
    public SignInElsewhere? SignInElsewhere { get; init; }

    /// <summary>Bytes a loans file may have.</summary>
    public long MaxImportBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The time of signatures and sessions: always real, also when cases live on a virtual clock.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;
}

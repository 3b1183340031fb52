using System.Globalization;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Webhooks;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>The settings of this host beside those of storage and messaging. Secrets come from Key Vault references, so each is one line of text.</summary>
/// <param name="MasterKeys"><c>COLLECTIONS_MASTER_KEYS</c>: keys of the borrowers' data keys.</param>
/// <param name="Web">Who may call.</param>
/// <param name="LenderDirectory"><c>Lender__Directory</c>: <c>lender.json</c>, <c>packs/</c>, <c>calendars/</c>, <c>content/</c>, <c>policies/</c>, deployed with the app.</param>
/// <param name="ImportsContainer"><c>Imports__Container</c>: where loans files are dropped.</param>
/// <param name="RetentionYears"><c>Retention__Years</c>: personal data is erased so long after a borrower's last case closed (S15, S25).</param>
public sealed record HostSettings(MasterKeys MasterKeys, WebOptions Web, string LenderDirectory, string ImportsContainer, int RetentionYears)
{
    /// <summary>Read from the environment by the platform when its sign-in guards the app.</summary>
    public const string PlatformSignIn = "WEBSITE_AUTH_ENABLED";

    private const int DefaultRetention = 5;

    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static HostSettings Read(IConfiguration configuration, string contentRoot) => new(
        Keys(configuration["COLLECTIONS_MASTER_KEYS"]),
        WebOf(configuration),
        Path.Combine(contentRoot, configuration["Lender:Directory"] is { Length: > 0 } directory ? directory : "lender"),
        configuration["Imports:Container"] is { Length: > 0 } container ? container : "imports",
        Years(configuration["Retention:Years"]));

    private static MasterKeys Keys(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new SettingsException("COLLECTIONS_MASTER_KEYS is missing: expected id:base64;address:base64, from Key Vault");
        try
        {
            return MasterKeys.Parse(text);
        }
        catch (KeysUnusableException wrong)
        {
            throw new SettingsException($"COLLECTIONS_MASTER_KEYS: {wrong.Message}", wrong);
        }
    }

    private static WebOptions WebOf(IConfiguration configuration)
    {
        var options = new WebOptions
        {
            Webhooks = new WebhookOptions
            {
                Payments = WebhookOptions.SourcesOf(configuration["COLLECTIONS_WEBHOOK_SECRETS"] ?? ""),
                MessageKeys = (configuration["COLLECTIONS_MESSAGES_KEY"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            },
            // The header that names the caller is trustworthy only where the platform puts it there and strips everybody else's.
            AuthenticationScheme = string.Equals(configuration[PlatformSignIn], "true", StringComparison.OrdinalIgnoreCase) ? PrincipalAuthentication.SchemeName : null,
            Tokens = TokensOf(configuration["COLLECTIONS_ACCESS_TOKENS"] ?? ""),
        };
        return options.Webhooks.Problems() is { Count: > 0 } problems
            ? throw new SettingsException($"COLLECTIONS_WEBHOOK_SECRETS, COLLECTIONS_MESSAGES_KEY: {string.Join("; ", problems)}")
            : options;
    }

    private static AccessTokens TokensOf(string text) =>
        AccessTokens.Parse(text.Replace(';', '\n'), out var errors) ?? throw new SettingsException($"COLLECTIONS_ACCESS_TOKENS: entry {errors[0].Line}: {errors[0].Problem}");

    private static int Years(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return DefaultRetention;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years is >= 1 and <= 30
            ? years
            : throw new SettingsException($"Retention__Years is '{text}': expected a number of years, 1 to 30 (S15 asks for 3 to 5)");
    }
}

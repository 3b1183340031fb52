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

    private const string MasterKeysName = "COLLECTIONS_MASTER_KEYS";
    private const string WebhookSecretsName = "COLLECTIONS_WEBHOOK_SECRETS";
    private const string MessageKeysName = "COLLECTIONS_MESSAGE_KEYS";
    private const string AccessTokensName = "COLLECTIONS_ACCESS_TOKENS";
    private const int DefaultRetention = 5;

    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static HostSettings Read(IConfiguration configuration, string contentRoot) => new(
        Keys(Secret(configuration, MasterKeysName)),
        WebOf(configuration),
        Path.Combine(contentRoot, Given(configuration, "Lender:Directory") ?? "lender"),
        Container(Given(configuration, "Imports:Container")),
        Years(Given(configuration, "Retention:Years")));

    /// <summary>An empty value is as good as none.</summary>
    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    // The platform leaves a reference as it is when it cannot follow it: the vault's access, the secret's name, the network.
    private static string? Secret(IConfiguration configuration, string name) => Given(configuration, name) is not { } secret ? null
        : secret.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase)
            ? throw new SettingsException($"{name} is a Key Vault reference the platform could not follow: look at its state among the app's settings")
            : secret;

    private static MasterKeys Keys(string? text)
    {
        if (text is null)
            throw new SettingsException($"{MasterKeysName} is missing: expected id:base64;address:base64, from Key Vault");
        try
        {
            return MasterKeys.Parse(text);
        }
        catch (KeysUnusableException wrong)
        {
            throw new SettingsException($"{MasterKeysName}: {wrong.Message}", wrong);
        }
    }

    private static WebOptions WebOf(IConfiguration configuration) => new()
    {
        Webhooks = new WebhookOptions
        {
            Payments = Checked(WebhookSecretsName, new WebhookOptions { Payments = WebhookOptions.SourcesOf(Secret(configuration, WebhookSecretsName) ?? "") }).Payments,
            MessageKeys = Checked(MessageKeysName, new WebhookOptions { MessageKeys = Separated(Secret(configuration, MessageKeysName)) }).MessageKeys,
        },
        // The header that names the caller is trustworthy only where the platform puts it there and strips everybody else's.
        AuthenticationScheme = IsPlatformSignInOn(configuration) ? PrincipalAuthentication.SchemeName : null,
        SignInElsewhere = IsPlatformSignInOn(configuration) ? new SignInElsewhere("/.auth/login/aad", "post_login_redirect_uri", "/.auth/logout") : null,
        Tokens = TokensOf(Secret(configuration, AccessTokensName) ?? ""),
    };

    private static bool IsPlatformSignInOn(IConfiguration configuration) => string.Equals(Given(configuration, PlatformSignIn), "true", StringComparison.OrdinalIgnoreCase);

    private static string[] Separated(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static WebhookOptions Checked(string name, WebhookOptions options) =>
        options.Problems() is { Count: > 0 } problems ? throw new SettingsException($"{name}: {string.Join("; ", problems)}") : options;

    private static AccessTokens TokensOf(string text) =>
        AccessTokens.Parse(text.Replace(';', '\n'), out var errors) ?? throw new SettingsException($"{AccessTokensName}: entry {errors[0].Line}: {errors[0].Problem}");

    private static string Container(string? name)
    {
        if (name is null)
            return "imports";
        return name.Length is >= 3 and <= 63 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            ? name
            : throw new SettingsException($"Imports__Container is '{name}': expected a container's name, 3 to 63 of a-z, 0-9 and single -");
    }

    private static int Years(string? text)
    {
        if (text is null)
            return DefaultRetention;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years is >= 1 and <= 30
            ? years
            : throw new SettingsException($"Retention__Years is '{text}': expected a number of years, 1 to 30 (S15 asks for 3 to 5)");
    }
}

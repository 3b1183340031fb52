using System.Security.Cryptography;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Verbs;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Webhooks;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Who may call a data directory's host: <c>access-tokens</c> (name, role, hash), <c>access-token</c> (the owner's own), <c>webhook-secrets</c>. Made on first use, readable by the owner only.</summary>
internal static class AccessFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The environment variable with webhook secrets, separated by commas; it wins over the file.</summary>
    public const string WebhookSecretsVariable = "COLLECTIONS_WEBHOOK_SECRETS";

    /// <summary>The owner's own token and everybody's.</summary>
    /// <exception cref="UsageException">The file of tokens has errors.</exception>
    public static (string OwnerToken, AccessTokens Tokens) Tokens(string directory)
    {
        var ownerPath = Path.Combine(directory, "access-token");
        var ownerToken = ReadOrCreate(ownerPath, AccessTokens.NewToken).Trim();
        var others = Path.Combine(directory, "access-tokens");
        var text = (File.Exists(others) ? File.ReadAllText(others) + "\n" : "") + $"owner supervisor {AccessTokens.Hash(ownerToken)}\n";
        return (ownerToken, AccessTokens.Parse(text, out var errors) ?? throw new UsageException($"{others}: {errors[0]}"));
    }

    /// <summary>The secrets of payment webhooks: one a line, several while rotating; lines beginning with <c>stripe:</c> are Stripe's.</summary>
    public static WebhookOptions Webhooks(string directory)
    {
        var path = Path.Combine(directory, "webhook-secrets");
        var fromEnvironment = Environment.GetEnvironmentVariable(WebhookSecretsVariable);
        var text = string.IsNullOrWhiteSpace(fromEnvironment)
            ? ReadOrCreate(path, () => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}")
            : fromEnvironment;
        var options = new WebhookOptions { Payments = WebhookOptions.SourcesOf(text) };
        return options.Problems() is { Count: > 0 } problems ? throw new UsageException($"{path}: {problems[0]}") : options;
    }

    private static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var writer = new StreamWriter(path, options);
            writer.WriteLine(create());
        }

        return File.ReadAllText(path);
    }
}

using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Where the records are: by managed identity (<c>Records__TableServiceUri</c>, <c>Records__BlobServiceUri</c>), or by connection string for Azurite only (<c>Records__ConnectionString</c>).</summary>
/// <param name="Tables">The table service.</param>
/// <param name="Blobs">The blob service.</param>
/// <param name="TablePrefix">Put before every table's name: several deployments may share an account.</param>
public sealed record RecordsSettings(TableServiceClient Tables, BlobServiceClient Blobs, string TablePrefix)
{
    private const string Section = "Records";

    /// <exception cref="SettingsException">Something is missing, or a key is used where only an identity may be.</exception>
    public static RecordsSettings Read(IConfiguration configuration, TokenCredential credential)
    {
        var section = configuration.GetSection(Section);
        var prefix = Prefix(section["TablePrefix"]?.Trim() ?? "");
        return section["ConnectionString"] is { } connection && !string.IsNullOrWhiteSpace(connection)
            ? OnAzurite(connection, prefix)
            : new(new TableServiceClient(Uri(section, "TableServiceUri", "table"), credential), new BlobServiceClient(Uri(section, "BlobServiceUri", "blob"), credential), prefix);
    }

    private static RecordsSettings OnAzurite(string connection, string prefix)
    {
        if (!IsDevelopment(connection))
            throw new SettingsException("Records__ConnectionString is for Azurite only: in Azure set Records__TableServiceUri and Records__BlobServiceUri, and give the app's identity the roles");
        try
        {
            return new(new TableServiceClient(connection), new BlobServiceClient(connection), prefix);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or InvalidOperationException)
        {
#pragma warning disable MA0054 // Without the cause: it may quote what was given.
            throw new SettingsException("Records__ConnectionString is no connection string: expected UseDevelopmentStorage=true, or Azurite's with its ports");
#pragma warning restore MA0054
        }
    }

    private static string Prefix(string prefix) => prefix.Length <= 40 && prefix.All(char.IsAsciiLetterOrDigit) && (prefix.Length == 0 || char.IsAsciiLetter(prefix[0]))
        ? prefix
        : throw new SettingsException($"{Section}__TablePrefix begins the names of tables: expected a letter, then letters and digits, 40 at most");

    private static bool IsDevelopment(string connection) =>
        connection.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) || connection.Contains("AccountName=devstoreaccount1;", StringComparison.OrdinalIgnoreCase);

    // A query would be a shared access signature: a secret, and not the app's identity.
    private static Uri Uri(IConfigurationSection section, string name, string service) =>
        System.Uri.TryCreate(section[name], UriKind.Absolute, out var uri) && uri.Scheme == System.Uri.UriSchemeHttps && uri.Query.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : throw new SettingsException($"{Section}__{name} is missing or no https address: expected e.g. https://ACCOUNT.{service}.core.windows.net, without a query");
}

/// <summary>A setting is missing or wrong; the message names it and what was expected, never a secret.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public SettingsException()
    {
    }
}

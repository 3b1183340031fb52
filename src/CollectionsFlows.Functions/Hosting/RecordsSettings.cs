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
        var prefix = section["TablePrefix"] ?? "";
        if (section["ConnectionString"] is { Length: > 0 } connection)
        {
            if (!IsDevelopment(connection))
                throw new SettingsException("Records__ConnectionString is for Azurite only: in Azure set Records__TableServiceUri and Records__BlobServiceUri, and give the app's identity the roles");
            return new(new TableServiceClient(connection), new BlobServiceClient(connection), prefix);
        }

        return new(new TableServiceClient(Uri(section, "TableServiceUri"), credential), new BlobServiceClient(Uri(section, "BlobServiceUri"), credential), prefix);
    }

    private static bool IsDevelopment(string connection) =>
        connection.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase) || connection.Contains("AccountName=devstoreaccount1", StringComparison.OrdinalIgnoreCase);

    private static Uri Uri(IConfigurationSection section, string name) =>
        System.Uri.TryCreate(section[name], UriKind.Absolute, out var uri) && uri.Scheme == System.Uri.UriSchemeHttps
            ? uri
            : throw new SettingsException($"{Section}__{name} is missing or no https address: expected e.g. https://ACCOUNT.table.core.windows.net");
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

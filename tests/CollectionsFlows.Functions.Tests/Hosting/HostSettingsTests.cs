using System.Text.Json;
using Azure.Identity;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Web.Access;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Tests.Hosting;

/// <summary>Whatever is wrong with a setting is said in one sentence that names it and shows no secret.</summary>
public sealed class HostSettingsTests
{
    private const string Key = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private const string Keys = $"key-1:{Key};address:{Key}";
    private const string Sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void the_sample_is_accepted_as_it_is()
    {
        var sample = Sample();

        var settings = HostSettings.Read(sample, "/app");
        var records = RecordsSettings.Read(sample, new DefaultAzureCredential());

        Assert.Equal((Path.Combine("/app", "lender"), "imports", 5), (settings.LenderDirectory, settings.ImportsContainer, settings.RetentionYears));
        Assert.Equal("sample-1", settings.MasterKeys.ActiveId);
        Assert.Single(settings.Web.Webhooks.Payments);
        Assert.Single(settings.Web.Webhooks.MessageKeys);
        Assert.Null(settings.Web.AuthenticationScheme);
        Assert.Equal(("devstoreaccount1", "Collections"), (records.Tables.AccountName, records.TablePrefix));
    }

    [Fact]
    public void master_keys_suffice_and_the_rest_has_defaults()
    {
        var settings = Read(("COLLECTIONS_MASTER_KEYS", Keys), ("COLLECTIONS_WEBHOOK_SECRETS", ""), ("COLLECTIONS_MESSAGE_KEYS", " "), ("COLLECTIONS_ACCESS_TOKENS", ""),
            ("Imports:Container", ""), ("Retention:Years", ""), ("Lender:Directory", ""), ("WEBSITE_AUTH_ENABLED", ""));

        Assert.Equal((Path.Combine("/app", "lender"), "imports", 5), (settings.LenderDirectory, settings.ImportsContainer, settings.RetentionYears));
        Assert.Empty(settings.Web.Webhooks.Payments);
        Assert.Empty(settings.Web.Webhooks.MessageKeys);
        Assert.Null(settings.Web.AuthenticationScheme);
    }

    [Fact]
    public void several_keys_secrets_and_tokens_are_read()
    {
        var (viewer, owner) = (AccessTokens.NewToken(), AccessTokens.NewToken());

        var settings = Read(
            ("COLLECTIONS_MASTER_KEYS", Keys), ("COLLECTIONS_WEBHOOK_SECRETS", $"whsec_{Key},whsec_{Key.Replace('A', 'B')}"),
            ("COLLECTIONS_MESSAGE_KEYS", "invented-key-number-one-1, invented-key-number-two-2"),
            ("COLLECTIONS_ACCESS_TOKENS", $"wall viewer {AccessTokens.Hash(viewer)}; owner supervisor {AccessTokens.Hash(owner)};"));

        Assert.Equal(2, settings.Web.Webhooks.Payments[0].Secrets.Count);
        Assert.Equal(["invented-key-number-one-1", "invented-key-number-two-2"], settings.Web.Webhooks.MessageKeys);
        Assert.Equal((Role.Viewer, Role.Supervisor), (settings.Web.Tokens.CallerOf(viewer)?.Role, settings.Web.Tokens.CallerOf(owner)?.Role));
    }

    [Theory]
    [InlineData("true", "platform")]
    [InlineData("True", "platform")]
    [InlineData("false", null)]
    [InlineData("1", null)]
    [InlineData("", null)]
    public void the_platforms_word_is_believed_only_where_its_sign_in_is_on(string enabled, string? scheme)
    {
        var web = Read(("COLLECTIONS_MASTER_KEYS", Keys), ("WEBSITE_AUTH_ENABLED", enabled)).Web;

        Assert.Equal((scheme, scheme is not null), (web.AuthenticationScheme, web.SignInElsewhere is not null));
    }

    [Theory]
    [InlineData("COLLECTIONS_MASTER_KEYS", "")]
    [InlineData("COLLECTIONS_MASTER_KEYS", "secretsecret")]
    [InlineData("COLLECTIONS_MASTER_KEYS", "key-1:secretsecret")]
    [InlineData("COLLECTIONS_MASTER_KEYS", $"key-1:{Key}")]
    [InlineData("COLLECTIONS_MASTER_KEYS", $"{Key}:key-1;address:{Key}")] // The wrong way round.
    [InlineData("COLLECTIONS_WEBHOOK_SECRETS", "secretsecret")]
    [InlineData("COLLECTIONS_WEBHOOK_SECRETS", "whsec_c2VjcmV0c2VjcmV0")] // Too short.
    [InlineData("COLLECTIONS_MESSAGE_KEYS", "secretsecret")]
    [InlineData("COLLECTIONS_ACCESS_TOKENS", "secretsecret")]
    [InlineData("COLLECTIONS_ACCESS_TOKENS", $"owner king {Sha}")]
    [InlineData("COLLECTIONS_ACCESS_TOKENS", "owner supervisor secretsecret")]
    [InlineData("COLLECTIONS_ACCESS_TOKENS", $"owner supervisor {Sha};other viewer {Sha}")]
    [InlineData("Imports__Container", "Imports")]
    [InlineData("Imports__Container", "ab")]
    [InlineData("Imports__Container", "a--b")]
    [InlineData("Retention__Years", "0")]
    [InlineData("Retention__Years", "31")]
    [InlineData("Retention__Years", "five")]
    [InlineData("Retention__Years", "5.5")]
    [InlineData("COLLECTIONS_MASTER_KEYS", "@Microsoft.KeyVault(SecretUri=https://invented.vault.azure.net/secrets/master-keys)")]
    [InlineData("COLLECTIONS_WEBHOOK_SECRETS", "@Microsoft.KeyVault(SecretUri=https://invented.vault.azure.net/secrets/webhook-secrets)")]
    [InlineData("COLLECTIONS_MESSAGE_KEYS", "@Microsoft.KeyVault(SecretUri=https://invented.vault.azure.net/secrets/message-keys)")]
    [InlineData("COLLECTIONS_ACCESS_TOKENS", "@microsoft.keyvault(VaultName=invented;SecretName=access-tokens)")]
    public void a_wrong_setting_is_named_and_not_shown(string name, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(("COLLECTIONS_MASTER_KEYS", Keys), (name.Replace("__", ":", StringComparison.Ordinal), value)));

        OneSentence(wrong, name);
        Assert.DoesNotContain("secretsecret", wrong.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, wrong.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", wrong.ToString(), StringComparison.Ordinal);
        if (value.StartsWith('@'))
            Assert.Contains("Key Vault reference", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Records__ConnectionString", "AccountName=real;AccountKey=secretsecret;EndpointSuffix=core.windows.net")]
    [InlineData("Records__ConnectionString", "AccountName=devstoreaccount1;AccountKey=not-base64-secretsecret")]
    [InlineData("Records__ConnectionString", "AccountName=devstoreaccount10;AccountKey=c2VjcmV0;TableEndpoint=https://invented.example;BlobEndpoint=https://invented.example")]
    [InlineData("Records__TableServiceUri", "")]
    [InlineData("Records__TableServiceUri", "http://account.table.core.windows.net")]
    [InlineData("Records__TableServiceUri", "account")]
    [InlineData("Records__TableServiceUri", "https://account.table.core.windows.net/?sv=2024&sig=secretsecret")]
    [InlineData("Records__BlobServiceUri", "")]
    [InlineData("Records__BlobServiceUri", "https://account.blob.core.windows.net/?sv=2024&sig=secretsecret")]
    [InlineData("Records__BlobServiceUri", "https://user:secretsecret@account.blob.core.windows.net")]
    [InlineData("Records__TablePrefix", "1abc")]
    [InlineData("Records__TablePrefix", "a-b")]
    public void so_is_where_the_records_are(string name, string value)
    {
        var wrong = Assert.Throws<SettingsException>(() => RecordsSettings.Read(
            Configuration(
                ("Records:TableServiceUri", "https://account.table.core.windows.net"), ("Records:BlobServiceUri", "https://account.blob.core.windows.net"),
                (name.Replace("__", ":", StringComparison.Ordinal), value)),
            new DefaultAzureCredential()));

        OneSentence(wrong, name);
        Assert.DoesNotContain("secretsecret", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void by_identity_the_records_need_two_addresses_and_no_key()
    {
        var records = RecordsSettings.Read(
            Configuration(
                ("Records:TableServiceUri", "https://account.table.core.windows.net/"), ("Records:BlobServiceUri", "https://account.blob.core.windows.net/"), ("Records:ConnectionString", " ")),
            new DefaultAzureCredential());

        Assert.Equal((new Uri("https://account.table.core.windows.net/"), new Uri("https://account.blob.core.windows.net/"), ""), (records.Tables.Uri, records.Blobs.Uri, records.TablePrefix));
    }

    private static void OneSentence(SettingsException wrong, string name)
    {
        Assert.StartsWith(name, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
        Assert.InRange(wrong.Message.Length, name.Length + 10, 250);
    }

    private static HostSettings Read(params (string Name, string Value)[] values) => HostSettings.Read(Configuration(values), "/app");

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.DistinctLast().Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build();

    /// <summary>As the host reads it: each value is an environment variable, two underscores are a colon.</summary>
    private static IConfigurationRoot Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "local.settings.sample.json")))
            folder = folder.Parent ?? throw new InvalidOperationException("no local.settings.sample.json above the tests");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "local.settings.sample.json")));
        return Configuration([.. json.RootElement.GetProperty("Values").EnumerateObject().Select(value => (value.Name.Replace("__", ":", StringComparison.Ordinal), value.Value.GetString()!))]);
    }
}

file static class Settings
{
    /// <summary>Of two values of a setting the later.</summary>
    public static IEnumerable<(string Name, string Value)> DistinctLast(this IEnumerable<(string Name, string Value)> values) => values.Reverse().DistinctBy(value => value.Name);
}

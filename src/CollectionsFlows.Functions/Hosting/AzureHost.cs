using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Functions.Imports;
using CollectionsFlows.Functions.Messaging;
using CollectionsFlows.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>The production host's parts: records in Tables and Blobs, messages through Communication Services, the web part, telemetry.</summary>
public static class AzureHost
{
    /// <summary>Takes nothing but new blobs.</summary>
    private const string Evidence = "evidence";

    /// <summary>Opens the stores and registers everything.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The app's settings.</param>
    /// <param name="credential">The app's identity, for everything it calls.</param>
    /// <param name="contentRoot">Where the app's files are.</param>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    /// <exception cref="UsageException">One of the lender's files is wrong.</exception>
    public static async Task AddAzureHostAsync(this IServiceCollection services, IConfiguration configuration, TokenCredential credential, string contentRoot)
    {
        var settings = HostSettings.Read(configuration, contentRoot);
        var records = RecordsSettings.Read(configuration, credential);
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new AddressKeys(settings.MasterKeys.AddressSecret));
        await AddStoresAsync(services, settings, records);
        services.AddCases(settings.LenderDirectory);
        await new RuleArchive(records.Blobs.GetBlobContainerClient(Evidence)).KeepAsync(LenderRules.InForce(settings.LenderDirectory));
        services.AddSingleton(provider => new LoansDrop(records.Blobs.GetBlobContainerClient(settings.ImportsContainer), provider.GetRequiredService<IPortfolioImport>()));
        services.AddSingleton(provider => MessageChannels.Of(
            configuration, credential, provider.GetRequiredService<AddressKeys>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddWebPipeline(settings.Web);
        services.AddTelemetry(configuration, credential);
    }

    private static async Task AddStoresAsync(IServiceCollection services, HostSettings settings, RecordsSettings records)
    {
        var large = records.Blobs.GetBlobContainerClient("large-values");
        var store = await TablesStore.OpenAsync(records.Tables, large, settings.MasterKeys, TimeProvider.System, records.TablePrefix);
        services.AddSingleton(store);
        services.AddSingleton<ICaseStore>(store);
        services.AddSingleton<IBorrowerStore>(store);
        services.AddSingleton<IEnrolmentStore>(store);
        var evidence = records.Blobs.GetBlobContainerClient(Evidence);
        services.AddSingleton<IEvidenceArchive>(new BlobEvidenceArchive(evidence, store));
        services.AddSingleton<IMessageArchive>(new BlobMessageArchive(evidence, store));
    }
}

using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The tables of a store (<see cref="TableLayout"/>), created when they are missing.</summary>
internal sealed record TableSet(TableClient Cases, TableClient Events, TableClient Index, TableClient Borrowers, TableClient Addresses, TableClient Settings)
{
    /// <summary>So many requests of one operation run at once.</summary>
    public const int AtOnce = 16;

    public static TableSet Of(TableServiceClient service, string prefix) => new(
        service.GetTableClient(prefix + "cases"), service.GetTableClient(prefix + "events"), service.GetTableClient(prefix + "index"),
        service.GetTableClient(prefix + "borrowers"), service.GetTableClient(prefix + "addresses"), service.GetTableClient(prefix + "settings"));

    public async Task CreateAsync(CancellationToken cancellation)
    {
        foreach (var table in new[] { Cases, Events, Index, Borrowers, Addresses, Settings }) await table.CreateIfNotExistsAsync(cancellation);
    }
}

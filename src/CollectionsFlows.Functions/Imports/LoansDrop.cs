using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Functions.Hosting;

namespace CollectionsFlows.Functions.Imports;

/// <summary>
/// Loans files dropped into a container: each is imported once, its outcome written to <c>results/</c>, and a file that was enrolled whole is
/// deleted, for personal data stays nowhere but in the borrower store (S25). A refused file stays, and is looked at again when it is replaced.
/// </summary>
/// <remarks>
/// Asked for by a timer rather than by a blob trigger: the Flex Consumption plan knows only event-driven blob triggers, Azurite only polled
/// ones, and a poison queue for a file with a typing error helps nobody. Importing twice changes nothing, so a crash in between is harmless.
/// </remarks>
public sealed class LoansDrop(BlobContainerClient container, IPortfolioImport import)
{
    private const string Results = "results/";

    /// <summary>Imports what waits, by name.</summary>
    public async Task<IReadOnlyList<ImportReport>> ImportAsync(CancellationToken cancellation = default)
    {
        var reports = new List<ImportReport>();
        if (!await container.ExistsAsync(cancellation))
            return reports;
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (FormatOf(blob.Name) is { } format && await ImportAsync(blob, format, cancellation) is { } report)
                reports.Add(report);
        }

        return reports;
    }

    private async Task<ImportReport?> ImportAsync(BlobItem blob, PortfolioFormat format, CancellationToken cancellation)
    {
        var etag = blob.Properties.ETag!.Value;
        if (await ReportOfAsync(blob.Name, cancellation) is { } before && before.Version == etag.ToString())
            return null;
        var source = container.GetBlobClient(blob.Name);
        await using var file = await source.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = new BlobRequestConditions { IfMatch = etag } }, cancellation);
        var outcome = await import.ImportAsync(file, format, policyName: null, partial: false, cancellation);
        var report = new ImportReport(blob.Name, etag.ToString(), outcome.Enrolled, outcome.Unchanged, [.. outcome.Errors.Select(error => error.ToString())]);
        await ResultOf(blob.Name).UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.ImportReport)), overwrite: true, cancellation);
        if (report.Errors.Count == 0)
            await source.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = etag }, cancellation);
        return report;
    }

    private async Task<ImportReport?> ReportOfAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var stored = await ResultOf(name).DownloadContentAsync(cancellation);
            return JsonSerializer.Deserialize(stored.Value.Content, ReportJson.Default.ImportReport);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private BlobClient ResultOf(string name) => container.GetBlobClient($"{Results}{name}.json");

    private static PortfolioFormat? FormatOf(string name)
    {
        if (name.StartsWith(Results, StringComparison.Ordinal))
            return null;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => PortfolioFormat.Csv,
            ".ndjson" => PortfolioFormat.Ndjson,
            _ => null,
        };
    }
}

/// <summary>What became of a dropped file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Version">The version of it that was read.</param>
/// <param name="Enrolled">Loans that are new.</param>
/// <param name="Unchanged">Loans that were enrolled before with the same terms.</param>
/// <param name="Errors">Every bad row; when there is any, nothing was enrolled.</param>
public sealed record ImportReport(string File, string Version, int Enrolled, int Unchanged, IReadOnlyList<string> Errors);

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
/// <param name="container">Where files are dropped.</param>
/// <param name="import">Enrols them.</param>
/// <param name="mostBytes">A larger file is refused: it is read into memory.</param>
public sealed class LoansDrop(BlobContainerClient container, IPortfolioImport import, long mostBytes = 512L * 1024 * 1024)
{
    private const string Results = "results/";

    /// <summary>Imports what waits, by name.</summary>
    /// <returns>What became of the files that were looked at.</returns>
    /// <exception cref="AggregateException">A file could not be gone through to its end; the others were, and it is tried again by the next call.</exception>
    public async Task<IReadOnlyList<ImportReport>> ImportAsync(CancellationToken cancellation = default)
    {
        var (reports, failures) = (new List<ImportReport>(), new List<Exception>());
        if (!await container.ExistsAsync(cancellation))
            return reports;
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            try
            {
                if (FormatOf(blob.Name) is { } format && await ImportAsync(blob, format, cancellation) is { } report)
                    reports.Add(report);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Replaced or taken away meanwhile: the next call sees what is there then.
            }
#pragma warning disable CA1031 // One file that cannot be imported must not keep the others waiting; it is told at the end.
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? reports : throw new AggregateException("a dropped loans file could not be imported now", failures);
    }

    private async Task<ImportReport?> ImportAsync(BlobItem blob, PortfolioFormat format, CancellationToken cancellation)
    {
        var version = blob.Properties.ETag!.Value;
        var report = await ReportOfAsync(blob.Name, cancellation);
        var isNew = report?.Version != version.ToString();
        if (isNew)
        {
            report = await EnrolAsync(blob, version, format, cancellation);
            await ResultOf(blob.Name).UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Default.ImportReport)), overwrite: true, cancellation);
        }

        // Also where a crash came after the report: names and numbers in the clear do not stay.
        if (report!.Errors.Count == 0)
            await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = version }, cancellation);
        return isNew ? report : null;
    }

    private async Task<ImportReport> EnrolAsync(BlobItem blob, ETag version, PortfolioFormat format, CancellationToken cancellation)
    {
        if (blob.Properties.ContentLength > mostBytes)
            return new(blob.Name, version.ToString(), 0, 0, [$"the file has {blob.Properties.ContentLength} bytes; expected at most {mostBytes}: split it, each loan's rows in one file"]);
        var options = new BlobOpenReadOptions(allowModifications: false) { Conditions = new BlobRequestConditions { IfMatch = version } };
        await using var file = await container.GetBlobClient(blob.Name).OpenReadAsync(options, cancellation);
        var outcome = await import.ImportAsync(file, format, policyName: null, partial: false, cancellation);
        return new(blob.Name, version.ToString(), outcome.Enrolled, outcome.Unchanged, [.. outcome.Errors.Select(error => error.ToString())]);
    }

    /// <summary>What became of the file before; null where it was not looked at, or nobody can read what was said of it.</summary>
    private async Task<ImportReport?> ReportOfAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var stored = await ResultOf(name).DownloadContentAsync(cancellation);
            return JsonSerializer.Deserialize(stored.Value.Content, ReportJson.Default.ImportReport) is { Errors: not null } report ? report : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (JsonException)
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

using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Takes a portfolio in, whole or not at all, over partitions no transaction spans.</summary>
/// <remarks>
/// <para>One import at a time (<see cref="ImportLock"/>): (1) every enrolment is judged against the claims on event ids; (2) if there is a conflict and the
/// import is not partial, nothing is written; (3) the <b>manifest</b>, all loans to enrol, is written in one transaction with the lock: this is the
/// moment at which the portfolio is taken in; (4) it is carried out, part by part: borrowers are united, then each enrolment is put into its inbox
/// and the part is crossed off.</para>
/// <para><b>What is guaranteed.</b> Before (3) nothing of the portfolio is there, whatever crashes. After (3) all of it will be: the call returns when it
/// is done, and after a crash the next import or sweep carries out the rest before anything else; doing a part twice changes nothing (an event
/// is delivered once; a borrower remembers the last part united). Between (3) and the end readers see loans appear one after the other: the
/// portfolio is whole in the end, not at one instant. Other writers cannot take an enrolment's event id away unless they use ids
/// <c>enrol:…</c> themselves; such a loan is then reported as a conflict, and the others stay.</para>
/// <para>The manifest holds personal data: it is sealed with a key of its own, which goes with it.</para>
/// </remarks>
internal sealed class ImportDesk(TableSet tables, LargeValues values, InboxWrites inbox, BorrowerWrites borrowers, MasterKeys masters)
{
    private const string Parts = "part!";
    private const int MostParts = 90;
    private const int PartSize = 500;

    /// <summary>How long a lock is watched untouched before it is taken over.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public async ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation)
    {
        if (enrolments.Count == 0) return new EnrolmentResult(0, 0, []);
        await using var import = new ImportLock(tables.Settings, Patience);
        await import.TakeAsync(waits: true, cancellation);
        await CarryOutAsync(cancellation);

        var judged = await JudgeAsync(enrolments, cancellation);
        var unchanged = judged.Count(result => result == InboxResult.Duplicate);
        var conflicts = enrolments.Where((_, i) => judged[i] == InboxResult.Conflict).Select(enrolment => enrolment.Item.LoanId).ToList();
        var fresh = enrolments.Where((_, i) => judged[i] == InboxResult.Stored).ToList();
        if (fresh.Count == 0 || (conflicts.Count > 0 && !partial)) return new EnrolmentResult(0, unchanged, conflicts);

        if (!await WriteManifestAsync(import, fresh, cancellation))
            throw new InvalidOperationException("another host took this one for dead and imports now: import again, what is in stays in once");
        var late = await CarryOutAsync(cancellation);
        return new EnrolmentResult(fresh.Count - late.Count, unchanged, [.. conflicts, .. late]);
    }

    /// <summary>Carries out what a crashed import left; the number of its parts. One that is under way is left to its host.</summary>
    public async ValueTask<int> FinishAsync(CancellationToken cancellation)
    {
        var parts = await PartsAsync(cancellation);
        if (parts.Count == 0) return 0;
        await using var import = new ImportLock(tables.Settings, Patience);
        if (!await import.TakeAsync(waits: false, cancellation)) return 0;
        await CarryOutAsync(cancellation);
        return parts.Count;
    }

    private async ValueTask<InboxResult[]> JudgeAsync(IReadOnlyList<Enrolment> enrolments, CancellationToken cancellation)
    {
        var claims = new Dictionary<string, (string LoanId, string Body)>(StringComparer.Ordinal);
        foreach (var some in enrolments.Select(enrolment => enrolment.Item.Input.Id).Distinct(StringComparer.Ordinal).Chunk(2 * TableSet.AtOnce))
        {
            foreach (var (id, claim) in await Task.WhenAll(some.Select(async id => (id, await inbox.ClaimOfAsync(id, cancellation)))))
                if (claim is { } known) claims.Add(id, known);
        }

        return [.. enrolments.Select(enrolment =>
        {
            var mine = (enrolment.Item.LoanId, enrolment.Item.BodySha256);
            return claims.TryAdd(enrolment.Item.Input.Id, mine) ? InboxResult.Stored : claims[enrolment.Item.Input.Id] == mine ? InboxResult.Duplicate : InboxResult.Conflict;
        })];
    }

    private async ValueTask<bool> WriteManifestAsync(ImportLock import, List<Enrolment> fresh, CancellationToken cancellation)
    {
        var name = $"import:{TableWrites.NewStep()}";
        var (dataKey, wrapped) = masters.NewDataKey(name);
        var cipher = new FieldCipher(dataKey, name);
        var parts = fresh.Chunk(Math.Max(PartSize, (fresh.Count + MostParts - 1) / MostParts)).ToList();
        var rows = new List<TableEntity>();
        foreach (var part in parts)
        {
            var plan = part.Select(enrolment => new PlannedEnrolment(
                enrolment.Item.LoanId, enrolment.BorrowerId, enrolment.Item.ReceivedAt.UtcTicks, enrolment.Item.BodySha256,
                JsonSerializer.SerializeToUtf8Bytes(enrolment.Item.Input, CaseJson.Default.CaseInput), enrolment.Borrower)).ToList();
            var row = new TableEntity { ["Name"] = name, ["Key"] = wrapped, ["Part"] = rows.Count };
            var json = JsonSerializer.SerializeToUtf8Bytes(plan, TablesJson.Default.ListPlannedEnrolment);
            // Many parts share the transaction, so that only a single one may lie in its row.
            await values.SetAsync(row, "Plan", cipher.Seal(Field(rows.Count), json), cancellation, inline: parts.Count == 1 ? LargeValues.LargestInline : 0);
            rows.Add(row);
        }

        return await import.WriteAsync(number => rows.Select((row, part) => Numbered(row, number, part)), cancellation);
    }

    private static TableEntity Numbered(TableEntity row, long number, int part)
    {
        (row.PartitionKey, row.RowKey) = (TableLayout.Imports, string.Create(CultureInfo.InvariantCulture, $"{Parts}{number:D10}!{part:D4}"));
        row["Mark"] = (number * 10_000) + part;
        return row;
    }

    private static string Field(int part) => string.Create(CultureInfo.InvariantCulture, $"part/{part}");

    private async ValueTask<List<TableEntity>> PartsAsync(CancellationToken cancellation) =>
        await tables.Settings.WithPrefixAsync(TableLayout.Imports, Parts, cancellation).ToListAsync(cancellation);

    /// <summary>Carries out every part there is, in their order; the loans whose event id somebody else has taken meanwhile.</summary>
    private async ValueTask<List<string>> CarryOutAsync(CancellationToken cancellation)
    {
        var late = new List<string>();
        foreach (var row in await PartsAsync(cancellation))
        {
            var name = row.GetString("Name");
            var cipher = new FieldCipher(masters.Unwrap(name, row.GetBinary("Key")), name);
            if (await PlanAsync(row, cipher, cancellation) is { } plan) late.AddRange(await CarryOutAsync(plan, row.GetInt64("Mark")!.Value, cancellation));
            await TableWrites.TidyAsync(tables.Settings, [TableWrites.Delete(row.PartitionKey, row.RowKey)], cancellation);
            if (LargeValues.BlobOf(row, "Plan") is { } blob) await values.DeleteAsync(blob, cancellation);
        }

        return late;
    }

    /// <summary>The plan of a part; null when another host has just finished it.</summary>
    private async ValueTask<List<PlannedEnrolment>?> PlanAsync(TableEntity row, FieldCipher cipher, CancellationToken cancellation)
    {
        try
        {
            var ciphertext = (await values.GetAsync(row, "Plan", cancellation))!;
            return JsonSerializer.Deserialize(cipher.Open(Field(row.GetInt32("Part")!.Value), ciphertext), TablesJson.Default.ListPlannedEnrolment);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private async ValueTask<List<string>> CarryOutAsync(List<PlannedEnrolment> plan, long mark, CancellationToken cancellation)
    {
        var late = new List<string>();
        foreach (var some in plan.GroupBy(planned => planned.BorrowerId, StringComparer.Ordinal).Chunk(TableSet.AtOnce))
        {
            var results = await Task.WhenAll(some.Select(async loans =>
            {
                // A case never opens before its borrower is known.
                await borrowers.UniteAsync(loans.Key, [.. loans.Select(planned => planned.Borrower)], mark, cancellation);
                var taken = new List<string>();
                foreach (var planned in loans)
                    if (await inbox.PutAsync(ItemOf(planned), cancellation) == InboxResult.Conflict) taken.Add(planned.LoanId);
                return taken;
            }));
            late.AddRange(results.SelectMany(taken => taken));
        }

        return late;
    }

    private static InboxItem ItemOf(PlannedEnrolment planned) => new(
        planned.LoanId, JsonSerializer.Deserialize(planned.Input, CaseJson.Default.CaseInput)!, LoanReads.Instant(planned.ReceivedAt), planned.BodySha256);
}

using System.Security.Cryptography;
using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Simulation.Replay;

namespace CollectionsFlows.Local.Hosting;

/// <summary>What a verification found. <paramref name="Difference"/> null: nothing is wrong.</summary>
internal sealed record Verification(string? Difference, int Facts, int Cases, int Contacts);

/// <summary>Verifies a journal file, and the files a replay wrote beside it.</summary>
internal static class JournalFileVerification
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    public static async Task<Verification> RunAsync(string path, PackArchive packs, CancellationToken cancellation)
    {
        var verifier = new JournalVerifier(packs);
        var number = 0;
        await using var file = File.OpenRead(path);
        foreach (var (line, isComplete) in Lines(file))
        {
            number++;
            cancellation.ThrowIfCancellationRequested();
            var problem = isComplete ? verifier.Check(line) : "the last line does not end";
            if (problem is not null)
            {
                return new($"{path}: line {number}: {problem}", verifier.Facts, verifier.Cases, verifier.Contacts);
            }
        }

        // Lines missing at the end break no chain; the summary of a replay knows of them.
        var difference = await BesideAsync(path, cancellation) ?? (number == 0 ? $"{path}: the journal is empty" : null);
        return new(difference, verifier.Facts, verifier.Cases, verifier.Contacts);
    }

    /// <summary>A replay's summary says what its files hash to.</summary>
    private static async Task<string?> BesideAsync(string path, CancellationToken cancellation)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var summaryPath = Path.Combine(directory, "summary.json");
        if (Path.GetFileName(path) != "journal.ndjson" || !File.Exists(summaryPath))
        {
            return null;
        }

        ReplaySummary? summary;
        try
        {
            await using var file = File.OpenRead(summaryPath);
            summary = await JsonSerializer.DeserializeAsync(file, ReplayJson.Default.ReplaySummary, cancellation);
        }
        catch (JsonException problem)
        {
            return $"{summaryPath}: not a replay's summary: {problem.Message}";
        }

        foreach (var (name, expected) in new[] { ("cases.csv", summary!.Sha256.Cases), ("contacts.csv", summary.Sha256.Contacts) })
        {
            var other = Path.Combine(directory, name);
            if (File.Exists(other) && await HashAsync(other, cancellation) is var hash && hash != expected)
            {
                return $"{other} was changed: it hashes to {hash}, the summary says {expected}";
            }
        }

        return await HashAsync(path, cancellation) == summary.Sha256.Journal ? null : $"{path} was changed: it does not hash to what the summary beside it says";
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    private static IEnumerable<(byte[] Line, bool IsComplete)> Lines(Stream file)
    {
        var buffer = new byte[1 << 16];
        using var line = new MemoryStream();
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            var start = 0;
            for (int end; (end = buffer.AsSpan(start, read - start).IndexOf(LineFeed)) >= 0; start += end + 1)
            {
                line.Write(buffer, start, end);
                yield return (line.ToArray(), true);
                line.SetLength(0);
            }

            line.Write(buffer, start, read - start);
        }

        if (line.Length > 0)
        {
            yield return (line.ToArray(), false);
        }
    }
}

/// <summary>Verifies every case of a store: the journal by itself, and the snapshot against it.</summary>
internal static class StoreVerification
{
    private const int Page = 1000;

    public static async Task<Verification> RunAsync(ICaseStore store, PackArchive packs, CancellationToken cancellation)
    {
        var verifier = new JournalVerifier(packs);
        string? last = null;
        for (IReadOnlyList<string> loanIds; (loanIds = await store.LoanIdsAsync(last, Page, cancellation)).Count > 0; last = loanIds[^1])
        {
            foreach (var loanId in loanIds)
            {
                if (await CaseAsync(store, verifier, loanId, cancellation) is { } difference)
                {
                    return new(difference, verifier.Facts, verifier.Cases, verifier.Contacts);
                }
            }
        }

        return new(null, verifier.Facts, verifier.Cases, verifier.Contacts);
    }

    private static async Task<string?> CaseAsync(ICaseStore store, JournalVerifier verifier, string loanId, CancellationToken cancellation)
    {
        // The snapshot first: a running host may add facts meanwhile, which are then simply not compared.
        var record = await store.LoadAsync(loanId, cancellation);
        var seq = 0;
        while (seq < record.State!.Sequence)
        {
            var page = await store.JournalAsync(loanId, seq, Math.Min(Page, record.State.Sequence - seq), cancellation);
            if (page.Count == 0)
            {
                return $"loan {loanId}: fact {seq + 1} is missing";
            }

            foreach (var entry in page)
            {
                seq++;
                if ((entry.Seq == seq ? verifier.Check(entry.Line) : "the fact is missing") is { } problem)
                {
                    return $"loan {loanId}: fact {seq}: {problem}";
                }
            }
        }

        return Compare(record, verifier, loanId);
    }

    /// <summary>
    /// A version before texts were remembered wrote snapshots without them, and one that goes on from there may keep a text that the facts alone would have
    /// forgotten. What only one of them knows is so no difference, as long as the facts go that far; what both know must say the same.
    /// </summary>
    internal static (CaseState Snapshot, CaseState Folded) WithCommonTexts(CaseState snapshot, CaseState folded)
    {
        return (With(snapshot, text => folded.Text(text.Command.Id) is not null || !IsAsked(text)), With(folded, text => snapshot.Text(text.Command.Id) is not null));

        bool IsAsked(SentText text) => Enumerable.Range(1, folded.Sequence).Any(number => text.Command.Id == $"{folded.Terms.LoanId}:{number}");

        static CaseState With(CaseState state, Func<SentText, bool> which) =>
            state with { Texts = state.Texts?.Where(which).ToList() is { Count: > 0 } texts ? texts : null };
    }

    private static string? Compare(CaseRecord record, JournalVerifier verifier, string loanId)
    {
        if (record.LastHash != verifier.LastHash)
        {
            return $"loan {loanId}: the snapshot ends with another fact than the journal";
        }

        var (snapshot, folded) = WithCommonTexts(record.State!, verifier.State!);
        return JsonSerializer.Serialize(snapshot, CaseJson.Default.CaseState) == JsonSerializer.Serialize(folded, CaseJson.Default.CaseState) ? null : $"loan {loanId}: the snapshot is not what the journal folds to";
    }
}

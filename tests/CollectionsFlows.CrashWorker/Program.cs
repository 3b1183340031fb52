using System.Globalization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Tests.Stores;

// Writes to the store of a directory until it is killed, and prints what was acknowledged, after it was. The test that kills it reads that.
//   worker DIR RUN
var (directory, run) = (args[0], args[1]);
await using var store = await SqliteStore.OpenAsync(directory, StoreKeys.LoadOrCreate(directory, environment: null));
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
await Task.WhenAll(Enumerable.Range(0, 4).Select(loan => Task.Run(() => Work($"L-{loan}", $"B-{loan}"))));

async Task Work(string loanId, string borrowerId)
{
    for (var i = 0; ; i++)
    {
        var ids = Enumerable.Range(0, 3).Select(n => string.Create(CultureInfo.InvariantCulture, $"{loanId}/{run}/{i}/{n}")).ToList();
        await Task.WhenAll(ids.Select(async id =>
        {
            await store.PutAsync(StoreSamples.Payment(loanId, id));
            await output.WriteLineAsync($"put {loanId} {id}");
        }));

        // Each step drains what waits, two at most, and appends three facts.
        var record = await store.LoadAsync(loanId);
        var drained = record.Inbox.Take(2).Select(item => item.Input.Id).ToList();
        await store.CommitAsync(StoreSamples.Step(loanId, record.Version, record.State?.Sequence ?? 0, facts: 3, drained, StoreSamples.Noon.AddMinutes(record.Version + 1)));
        await output.WriteLineAsync($"step {loanId} {record.Version + 1}");

        var borrower = await store.LoadBorrowerAsync(borrowerId);
        var command = string.Create(CultureInfo.InvariantCulture, $"{run}-{i}");
        await store.SaveBorrowerAsync(new BorrowerChange
        {
            BorrowerId = borrowerId,
            ExpectedVersion = borrower?.Version ?? 0,
            Details = StoreSamples.Details($"Invented {i}"),
            Ledger = [StoreSamples.Entry(command, StoreSamples.Noon)],
            Messages = [StoreSamples.Message(borrowerId, command)],
            AppliedEvent = command,
        });
        await output.WriteLineAsync($"borrower {borrowerId} {(borrower?.Version ?? 0) + 1}");
    }
}

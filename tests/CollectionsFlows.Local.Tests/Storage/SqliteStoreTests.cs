using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Tests.Stores;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>What the SQLite store does beyond the contract of stores: durability, sharing, versions.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task everything_is_there_after_reopening()
    {
        await using (var store = await directory.OpenAsync())
        {
            await store.EnrolAsync([Enrolment("L-1", "B-1")], partial: false);
            await store.CommitAsync(Step("L-1", drained: ["enrol:L-1"], wake: Noon));
            await store.PutAsync(Payment("L-9", "e-1"));
            await store.SetMetaAsync("clock", "2026-03-01");
            await store.SetMetaAsync("clock", "2026-03-02");
        }

        await using var again = await directory.OpenAsync();
        Assert.Equal(1, (await again.LoadAsync("L-1")).Version);
        Assert.Equal(["L-1"], await again.DueAsync(Noon, 10));
        Assert.Equal("Invented Person", (await again.LoadBorrowerAsync("B-1"))!.Details!.Name);
        Assert.Single(await again.UnmatchedAsync(10));
        Assert.Equal("2026-03-02", await again.GetMetaAsync("clock"));
        Assert.Null(await again.GetMetaAsync("never-set"));
        Assert.NotNull(await again.GetMetaAsync("store-id"));
    }

    [Fact]
    public async Task a_copy_of_the_files_of_a_running_store_has_everything_acknowledged()
    {
        using var copy = new TemporaryDirectory();
        await using var store = await directory.OpenAsync();
        await store.EnrolAsync([Enrolment("L-1", "B-1")], partial: false);
        foreach (var (name, bytes) in directory.Files()) await File.WriteAllBytesAsync(Path.Combine(copy.Path, Path.GetFileName(name)), bytes);
        await using var restored = await copy.OpenAsync();
        Assert.Equal(["L-1"], await restored.DueAsync(Noon, 10));
        Assert.NotNull((await restored.LoadBorrowerAsync("B-1"))!.Details);
    }

    [Fact]
    public async Task a_second_writer_is_turned_away_and_a_reader_is_not()
    {
        await using var store = await directory.OpenAsync();
        await store.PutAsync(EnrolmentItem("L-1"));
        var refused = await Assert.ThrowsAsync<StorageException>(() => directory.OpenAsync());
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);

        await using var reader = await directory.OpenAsync(readOnly: true);
        Assert.Equal(["L-1"], await reader.DueAsync(Noon, 10));
        await store.PutAsync(EnrolmentItem("L-2"));
        Assert.Equal(["L-1", "L-2"], await reader.DueAsync(Noon, 10));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.PutAsync(EnrolmentItem("L-3")));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.EraseBorrowerAsync("B-1"));
    }

    [Fact]
    public async Task the_directory_is_free_again_after_closing()
    {
        await (await directory.OpenAsync()).DisposeAsync();
        await using var again = await directory.OpenAsync();
        Assert.Null(await again.NextWakeAsync());
    }

    [Fact]
    public async Task a_closed_store_can_be_read_without_writing()
    {
        await using (var store = await directory.OpenAsync()) await store.PutAsync(EnrolmentItem("L-1"));
        await using var reader = await directory.OpenAsync(readOnly: true);
        Assert.Equal(["L-1"], await reader.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task reading_where_there_is_nothing_says_so_and_creates_nothing()
    {
        var keys = directory.Keys;
        var empty = Path.Combine(directory.Path, "empty");
        var error = await Assert.ThrowsAsync<StorageException>(() => SqliteStore.OpenAsync(empty, keys, readOnly: true));
        Assert.Contains("holds no data", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(empty));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_file_of_a_newer_program_is_left_alone(bool readOnly)
    {
        await (await directory.OpenAsync()).DisposeAsync();
        SqliteFiles.Run(directory, "PRAGMA user_version = 999");
        var error = await Assert.ThrowsAsync<StorageException>(() => directory.OpenAsync(readOnly));
        Assert.Contains("newer version of this program (format 999", error.Message, StringComparison.Ordinal);
        Assert.Equal(999L, SqliteFiles.Run(directory, "PRAGMA user_version"));
    }

    [Fact]
    public async Task a_file_of_the_first_format_is_upgraded_and_knows_whose_its_loans_are()
    {
        await using (var store = await directory.OpenAsync())
        {
            await store.CommitAsync(Step("L-1"));
            await store.PutAsync(EnrolmentItem("L-2"));
            await store.PutAsync(EnrolmentItem("L-3"));
            await store.CommitAsync(Step("L-3", drained: ["enrol:L-3"]));
            await store.PutAsync(Payment("L-4", "e-1"));
        }

        SqliteFiles.Run(directory, "DROP TABLE borrower_loans; PRAGMA user_version = 1");
        await Assert.ThrowsAsync<StorageException>(() => directory.OpenAsync(readOnly: true));
        await using var upgraded = await directory.OpenAsync();
        Assert.Equal(["L-1", "L-2", "L-3"], (await upgraded.LoansOfAsync("B-1")).Loans.Select(loan => loan.LoanId));
    }

    [Fact]
    public async Task a_file_of_another_program_is_left_alone()
    {
        var keys = directory.Keys;
        SqliteFiles.Run(directory, "CREATE TABLE cases (x)");
        var error = await Assert.ThrowsAsync<StorageException>(() => SqliteStore.OpenAsync(directory.Path, keys));
        Assert.Contains("of another program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_that_is_no_database_is_left_alone()
    {
        var keys = directory.Keys;
        var path = DataDirectory.Database(directory.Path);
        await File.WriteAllTextAsync(path, new string('x', 5000));
        await Assert.ThrowsAsync<StorageException>(() => SqliteStore.OpenAsync(directory.Path, keys));
        Assert.Equal(5000, new FileInfo(path).Length);
    }

    [Fact]
    public async Task writes_that_come_together_share_transactions()
    {
        await using var store = await directory.OpenAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(async () => await store.PutAsync(Payment("L-1", $"e-{i}")))));
        Assert.All(results, result => Assert.Equal(InboxResult.Stored, result));
        Assert.InRange(store.Transactions, 2, 1000);
    }

    [Fact]
    public async Task a_write_that_fails_hurts_no_other_in_its_transaction()
    {
        await using var store = await directory.OpenAsync();
        await store.CommitAsync(Step("L-1"));
        var writes = Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            if (i % 3 == 0) await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.CommitAsync(Step("L-1", 1, lastSeq: 7)));
            else if (i % 3 == 1) Assert.False(await store.CommitAsync(Step("L-1", version: 5)));
            else Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment("L-1", $"e-{i}")));
        }));
        await Task.WhenAll(writes);
        Assert.Equal(100, (await store.LoadAsync("L-1")).Inbox.Count);
        Assert.Single(await store.JournalAsync("L-1", 0, 10));
    }

    [Fact]
    public async Task closing_finishes_the_writes_already_handed_in()
    {
        var store = await directory.OpenAsync();
        var writes = Enumerable.Range(0, 500).Select(i => store.PutAsync(Payment("L-1", $"e-{i}")).AsTask()).ToList();
        await store.DisposeAsync();
        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.PutAsync(Payment("L-1", "late")));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync("L-1"));
        await using var again = await directory.OpenAsync();
        Assert.Equal(500, (await again.LoadAsync("L-1")).Inbox.Count);
    }

    [Fact]
    public async Task a_full_disk_fails_the_writes_and_the_store_goes_on_when_there_is_room()
    {
        await (await directory.OpenAsync()).DisposeAsync();
        var session = SqliteFile.OpenForWriting(directory.Path);
        session.Execute("PRAGMA max_page_count = 40");
        await using var writer = new SqliteWriter(session);
        var stored = 0;
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(async () =>
        {
            for (; stored < 10_000; stored++) await Put(writer, stored);
        });
        await writer.WriteAsync(s => s.Execute("PRAGMA max_page_count = 100000"), default);
        Assert.Equal(InboxResult.Stored, await Put(writer, stored));
        Assert.Equal((long)stored + 1, SqliteFiles.Run(directory, "SELECT COUNT(*) FROM inbox"));

        static ValueTask<InboxResult> Put(SqliteWriter writer, int i)
        {
            var item = Payment("L-1", $"e-{i}");
            return writer.WriteAsync(s => CaseWrites.Put(s, item, CaseWrites.Json(item)), default);
        }
    }

    [Fact]
    public async Task finding_due_cases_reads_the_indices_only()
    {
        await (await directory.OpenAsync()).DisposeAsync();
        using var session = SqliteFile.OpenForReading(directory.Path);
        var plan = session.List("EXPLAIN QUERY PLAN " + CaseReads.DueSql, row => row.GetString(3), 0L, 10);
        Assert.Contains(plan, line => line.Contains("USING COVERING INDEX cases_by_wake", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("USING COVERING INDEX cases_by_waiting", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN cases", StringComparison.Ordinal) && !line.Contains("cases_by_waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_file_survives_power_loss_settings()
    {
        await (await directory.OpenAsync()).DisposeAsync();
        using var session = SqliteFile.OpenForWriting(directory.Path);
        Assert.Equal("wal", session.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, session.Scalar("PRAGMA synchronous"));
        Assert.Equal(1L, session.Scalar("PRAGMA secure_delete"));
    }

    [Fact]
    public async Task twenty_thousand_loans_go_in_at_once()
    {
        await using var store = await directory.OpenAsync();
        var portfolio = Enumerable.Range(0, 20_000).Select(i => Enrolment($"L-{i:00000}", $"B-{i / 2:00000}")).ToList();
        var result = await store.EnrolAsync(portfolio, partial: false);
        Assert.Equal(new EnrolmentResult(20_000, 0, []).Enrolled, result.Enrolled);
        Assert.Equal(20_000, (await store.EnrolAsync(portfolio, partial: false)).Unchanged);
        Assert.Equal(20_000, (await store.DueAsync(Noon, int.MaxValue)).Count);
    }
}

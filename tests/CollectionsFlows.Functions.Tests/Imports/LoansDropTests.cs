using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Imports;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Conformance;
using CollectionsFlows.Application.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Imports;

/// <summary>Loans files dropped into a container on Azurite: enrolled once, reported, and gone; refused ones stay to be mended.</summary>
public sealed class LoansDropTests : IAsyncLifetime
{
    private const string Header = "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue\n";

    private static readonly string Good = Header + Row("L-1") + Row("L-2");
    private static readonly string Bad = Header + Row("L-1") + Row("L-3", phone: "555-0199 Ann", email: "ann.example") + Row("L-4", dueOn: "31.12.2026", name: "");

    private BlobFolder folder = null!;

    public async Task InitializeAsync() => folder = await BlobFolder.NewAsync();

    public async Task DisposeAsync() => await folder.DisposeAsync();

    [Fact]
    public async Task a_good_file_is_enrolled_reported_and_deleted()
    {
        await folder.PutAsync("march.csv", Good);
        await using var house = new House();

        var report = Assert.Single(await Drop(house).ImportAsync());

        Assert.Equal(("march.csv", 2, 0, 0), (report.File, report.Enrolled, report.Unchanged, report.Errors.Count));
        Assert.Equal(["L-1", "L-2"], await house.EnrolledAsync());
        Assert.Equal(["results/march.csv.json"], await folder.NamesAsync());
        using var kept = JsonDocument.Parse((await folder.TextAsync("results/march.csv.json"))!);
        Assert.Equal((2, 0), (kept.RootElement.GetProperty("enrolled").GetInt32(), kept.RootElement.GetProperty("errors").GetArrayLength()));
        Assert.Empty(await Drop(house).ImportAsync());
    }

    [Fact]
    public async Task a_bad_file_stays_with_every_bad_row_told_and_is_looked_at_again_only_when_it_is_replaced()
    {
        await folder.PutAsync("april.csv", Bad);
        await using var house = new House();
        var looks = new Looks(house.Import);
        var drop = new LoansDrop(folder.Blobs, looks);

        var report = Assert.Single(await drop.ImportAsync());
        Assert.Equal((0, 0), (report.Enrolled, report.Unchanged));
        Assert.Contains(report.Errors, error => error.StartsWith("line 3: phone", StringComparison.Ordinal));
        Assert.Contains(report.Errors, error => error.StartsWith("line 3: email", StringComparison.Ordinal));
        Assert.Contains(report.Errors, error => error.StartsWith("line 4: dueOn", StringComparison.Ordinal));
        Assert.Contains(report.Errors, error => error.StartsWith("line 4: name", StringComparison.Ordinal));
        Assert.Empty(await drop.ImportAsync());
        Assert.Equal((1, Bad), (looks.Count, await folder.TextAsync("april.csv")));
        Assert.Empty(await house.EnrolledAsync());

        await folder.PutAsync("april.csv", Good);
        Assert.Equal(2, Assert.Single(await drop.ImportAsync()).Enrolled);
        Assert.Equal(2, looks.Count);
        Assert.Null(await folder.TextAsync("april.csv"));
    }

    [Fact]
    public async Task what_is_told_of_a_file_names_nobody() // S25
    {
        await folder.PutAsync("april.csv", Bad);
        await folder.PutAsync("may.csv", Good);
        await using var house = new House();

        await Drop(house).ImportAsync();

        foreach (var name in new[] { "results/april.csv.json", "results/may.csv.json" })
        {
            var report = (await folder.TextAsync(name))!;
            Assert.All(["Ann Example", "555-0199", "5550101", "ann.example", "lender.example", "B-L-"], personal => Assert.DoesNotContain(personal, report, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task wherever_it_crashes_the_next_run_ends_the_same(bool good, bool afterCall)
    {
        var call = 1;
        for (; ; call++)
        {
            await using var fresh = await BlobFolder.NewAsync();
            await using var house = new House();
            await fresh.PutAsync("march.csv", good ? Good : Bad);
            var crash = new Crash(call, afterCall);
            var failed = await Record.ExceptionAsync(() => new LoansDrop(fresh.Seen(crash), house.Import).ImportAsync());
            if (!crash.Happened)
                break;
            Assert.NotNull(failed);

            await new LoansDrop(fresh.Blobs, house.Import).ImportAsync();

            using var report = JsonDocument.Parse((await fresh.TextAsync("results/march.csv.json"))!);
            Assert.Equal(good ? ["L-1", "L-2"] : [], await house.EnrolledAsync());
            Assert.Equal(good ? null : Bad, await fresh.TextAsync("march.csv"));
            Assert.Equal(good ? 2 : 0, report.RootElement.GetProperty("enrolled").GetInt32() + report.RootElement.GetProperty("unchanged").GetInt32());
            Assert.Equal(good, report.RootElement.GetProperty("errors").GetArrayLength() == 0);
            Assert.Empty(await new LoansDrop(fresh.Blobs, house.Import).ImportAsync());
        }

        // Is the container there, list, former report, read, write the report; a good file is deleted.
        Assert.InRange(call - 1, good ? 6 : 5, 8);
    }

    [Fact]
    public async Task other_files_and_the_results_are_left_alone()
    {
        await folder.PutAsync("readme.txt", "hello");
        await folder.PutAsync("march.csv.bak", Good);
        await folder.PutAsync("results/february.csv", Good);
        await folder.PutAsync("csv", Good);
        await using var house = new House();

        Assert.Empty(await Drop(house).ImportAsync());

        Assert.Empty(await house.EnrolledAsync());
        Assert.Equal(["csv", "march.csv.bak", "readme.txt", "results/february.csv"], await folder.NamesAsync());
    }

    [Fact]
    public async Task folders_capitals_and_lines_of_json_are_fine()
    {
        await folder.PutAsync("branch-1/March.CSV", Good);
        await folder.PutAsync("branch-2/march.ndjson", """
            {"loanId":"L-9","borrowerId":"B-9","name":"Bob Example","phone":["+12125550102"],"jurisdiction":"US","timeZone":"America/New_York","product":"loan","creditorRole":"creditor","currency":"USD","penaltyAnnualRate":0,"instalments":[{"number":1,"dueOn":"2026-09-01","principalDue":300,"interestDue":0,"feesDue":0}]}
            """);
        await using var house = new House();

        var reports = await Drop(house).ImportAsync();

        Assert.All(reports, report => Assert.Empty(report.Errors));
        Assert.Equal(["L-1", "L-2", "L-9"], await house.EnrolledAsync());
        Assert.Equal(["results/branch-1/March.CSV.json", "results/branch-2/march.ndjson.json"], await folder.NamesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_file_that_is_replaced_while_it_is_read_is_not_lost(bool beforeItIsRead)
    {
        await folder.PutAsync("march.csv", Good);
        await folder.PutAsync("may.csv", Header + Row("L-7"));
        await using var house = new House();
        var replacing = new Replacing(house.Import, beforeItIsRead, () => folder.PutAsync("march.csv", Header + Row("L-5")));

        var reports = await new LoansDrop(folder.Blobs, replacing).ImportAsync();

        Assert.Contains(reports, report => report.File == "may.csv"); // The others do not wait for it.
        Assert.Equal(Header + Row("L-5"), await folder.TextAsync("march.csv"));
        Assert.Equal(1, Assert.Single(await Drop(house).ImportAsync()).Enrolled);
        Assert.Equal(beforeItIsRead ? ["L-5", "L-7"] : ["L-1", "L-2", "L-5", "L-7"], await house.EnrolledAsync());
        Assert.Null(await folder.TextAsync("march.csv"));
    }

    [Fact]
    public async Task one_file_that_fails_is_told_and_tried_again_and_keeps_no_other_waiting()
    {
        await folder.PutAsync("a.csv", Good);
        await folder.PutAsync("b.csv", Header + Row("L-7"));
        await using var house = new House();

        await Assert.ThrowsAsync<AggregateException>(() => new LoansDrop(folder.Blobs, new FailsOnce(house.Import)).ImportAsync());
        Assert.Equal(["L-7"], await house.EnrolledAsync());

        Assert.Equal("a.csv", Assert.Single(await Drop(house).ImportAsync()).File);
        Assert.Equal(["L-1", "L-2", "L-7"], await house.EnrolledAsync());
    }

    [Fact]
    public async Task a_file_too_large_for_the_memory_is_refused_unread()
    {
        await folder.PutAsync("march.csv", Good);
        await using var house = new House();

        var report = Assert.Single(await new LoansDrop(folder.Blobs, house.Import, mostBytes: Good.Length - 1).ImportAsync());

        Assert.Contains("expected at most", Assert.Single(report.Errors), StringComparison.Ordinal);
        Assert.Empty(await house.EnrolledAsync());
        Assert.NotNull(await folder.TextAsync("march.csv"));
    }

    [Fact]
    public async Task a_report_nobody_can_read_counts_for_nothing()
    {
        await folder.PutAsync("march.csv", Good);
        await folder.PutAsync("results/march.csv.json", "{\"file\":");
        await using var house = new House();

        Assert.Equal(2, Assert.Single(await Drop(house).ImportAsync()).Enrolled);
    }

    [Fact]
    public async Task without_the_container_there_is_nothing_to_do()
    {
        await folder.DisposeAsync();
        await using var house = new House();

        Assert.Empty(await Drop(house).ImportAsync());
    }

    private LoansDrop Drop(House house) => new(folder.Blobs, house.Import);

    private static string Row(string loanId, string name = "Ann Example", string phone = "+12125550101", string email = "ann@lender.example", string dueOn = "2026-09-01") =>
        $"{loanId},B-{loanId},{name},{phone},{email},en-US,US,America/New_York,loan,creditor,USD,0,1,{dueOn},300,0,0\n";

    /// <summary>The host's import over records in memory.</summary>
    private sealed class House : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        public House()
        {
            var parts = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(Outbox.All);
            parts.AddSingleton(new AddressKeys(MasterKeys.Parse(FixedKeys.Setting).AddressSecret)).AddCases(Path.Combine(AppContext.BaseDirectory, "no-lender"));
            DurableHostConformanceTests.InMemory(parts);
            services = parts.BuildServiceProvider();
        }

        public IPortfolioImport Import => services.GetRequiredService<IPortfolioImport>();

        public async Task<IEnumerable<string>> EnrolledAsync() =>
            (await services.GetRequiredService<ICaseStore>().DueAsync(TimeProvider.System.GetUtcNow(), 100)).Order(StringComparer.Ordinal);

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }

    private sealed class Looks(IPortfolioImport import) : IPortfolioImport
    {
        public int Count { get; private set; }

        public ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default)
        {
            Count++;
            return import.ImportAsync(file, format, policyName, partial, cancellation);
        }
    }

    private sealed class Replacing(IPortfolioImport import, bool before, Func<Task> replace) : IPortfolioImport
    {
        private bool done;

        public async ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default)
        {
            if (before)
                await OnceAsync();
            var outcome = await import.ImportAsync(file, format, policyName, partial, cancellation);
            if (!before)
                await OnceAsync();
            return outcome;
        }

        private Task OnceAsync() => !done && (done = true) ? replace() : Task.CompletedTask;
    }

    private sealed class FailsOnce(IPortfolioImport import) : IPortfolioImport
    {
        private bool failed;

        public ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default) =>
            !failed && (failed = true) ? throw new TimeoutException("invented") : import.ImportAsync(file, format, policyName, partial, cancellation);
    }
}

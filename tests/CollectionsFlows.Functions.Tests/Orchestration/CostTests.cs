using System.Net;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Functions.Tests.Storage;
using CollectionsFlows.Local.Tests.Kills;
using CollectionsFlows.Simulation.Time;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>What a loan's life costs in storage, counted on the emulator. <c>infra/README.md</c> states the figures this prints.</summary>
public class CostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task a_loan_that_is_cured_costs_less_than_asking_daily()
    {
        var life = await LiveAsync("2026-03-20T00:00:00-04:00", [("2026-03-02", 300), ("2026-09-01", 300)], async house =>
        {
            await house.AdvanceToAsync(At("2026-03-04T09:00:00-05:00"));
            await Stories.SendAsync(
                house, Stimulus.Webhook("evt-1", """{"loanId":"L-1","type":"payment.posted","at":"2026-03-04T09:00:00-05:00","data":{"paymentId":"P-1","amount":300,"currency":"USD"}}"""), HttpStatusCode.Accepted);
        });

        life.Report("cured: 28 days");
        Assert.InRange(life.Transactions, 1, Life.NaiveTransactions(days: 28));
    }

    [Fact]
    public async Task a_loan_nobody_pays_costs_less_than_asking_daily()
    {
        var life = await LiveAsync("2026-06-30T12:00:00-04:00", [("2026-03-02", 300)], _ => Task.CompletedTask);

        life.Report("collected until the write-off is asked for: 130 days");
        Assert.InRange(life.Transactions, 1, Life.NaiveTransactions(days: 130));
    }

    private async Task<Life> LiveAsync(string until, (string DueOn, int Principal)[] instalments, Func<DurableHouse, Task> middle)
    {
        var (engine, records, evidence, prefix) = (new BatchCounter(), new RequestCounter(), new RequestCounter(), Azurite.NewPrefix());
        var (store, watched) = (await AzureStorageConformanceTests.OpenAsync(prefix, records), await AzureStorageConformanceTests.OpenAsync(prefix));
        await using var house = await DurableHouse.StartAsync(
            At("2026-02-20T10:00:00-05:00"), services => AzureStorageConformanceTests.Register(services, store, evidence), async tasks =>
            {
                var hub = await AzuriteHub.CreateAsync(engine);
                return await Sidecar.StartAsync(hub, hub, tasks);
            },
            // Timers that leave the test time enough: one that fires early would be counted as a wake no case has in production.
            services => services.AddSingleton<TimerClock>(provider => new SteppedTime(provider.GetRequiredService<VirtualTime>(), TimeSpan.FromSeconds(2))));
        house.Watched = watched;
        house.SweepAfter = TimeSpan.FromSeconds(8);
        records.Reset();
        await Stories.ImportAsync(house, "L-1", instalments);
        var import = records.Total;
        await house.AdvanceToAsync(At("2026-02-20T10:00:00-05:00"));
        await middle(house);
        await house.AdvanceToAsync(At(until));
        var facts = await watched.JournalAsync("L-1", 0, int.MaxValue);
        return new Life(output, engine, records.Total - import, import, evidence.Total, facts.Count, records.Counts);
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What was counted.</summary>
    private sealed record Life(ITestOutputHelper Output, BatchCounter Engine, int Records, int Import, int Evidence, int Facts, IReadOnlyList<(string Kind, int Count)> Kinds)
    {
        public int Transactions => Engine.Transactions + Records + Evidence;

        /// <summary>
        /// An orchestration that asks every day, all year, for every loan: a timer and an activity a day. The engine's part, counted by itself on the
        /// same emulator: 12 history rows, 4 messages (each put and deleted) and 10 table requests a day; reading and writing the case as here, twice.
        /// </summary>
        public static int NaiveTransactions(int days) => days * ((2 * 4) + 10 + (2 * 4));

        public void Report(string what)
        {
            Output.WriteLine($"{what}: {Facts} facts; engine: {Engine.HistoryRows} history rows, {Engine.Messages} messages, {Engine.Transactions} transactions ({Engine.Polls} polls beside); records: {Records} requests, {Import} for the import; evidence: {Evidence} requests");
            foreach (var (kind, count) in Kinds)
                Output.WriteLine($"  {count,5} {kind}");
        }
    }
}

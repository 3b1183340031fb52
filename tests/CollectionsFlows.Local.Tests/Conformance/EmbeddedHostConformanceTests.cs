using System.Net;
using System.Net.Http.Headers;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Local.Tests.Kills;
using CollectionsFlows.Local.Tests.Storage;

namespace CollectionsFlows.Local.Tests.Conformance;

/// <summary>The stories on the embedded host: Kestrel, SQLite, a virtual clock.</summary>
public sealed class EmbeddedHostConformanceTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now)
    {
        var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(DataDirectory.KeyFile(directory.Path), FixedKeys.File);
        var clock = await VirtualClock.OpenAsync(directory.Path, now);
        return new EmbeddedHost(directory, clock, await LocalHost.StartAsync(directory.Path, "http://127.0.0.1:0", clock, CancellationToken.None));
    }

    private sealed class EmbeddedHost(TemporaryDirectory directory, VirtualClock clock, LocalHost host) : IHostUnderTest
    {
        public Uri Address => new(host.Url);

        public string Token => host.OwnerToken;

        public byte[] WebhookSecret { get; } = Convert.FromBase64String(File.ReadAllText(Path.Combine(directory.Path, "webhook-secrets")).Trim()["whsec_".Length..]);

        public async Task AdvanceToAsync(DateTimeOffset instant)
        {
            using var client = new HttpClient { BaseAddress = Address };
            using var request = Stimulus.ClockTo(instant).ToRequest([]);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using var response = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string loanId)
        {
            await host.System.Pump.WhenQuietAsync();
            return await host.System.Store.JournalAsync(loanId, 0, int.MaxValue);
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            clock.Dispose();
            directory.Dispose();
        }
    }
}

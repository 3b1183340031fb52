using System.Globalization;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Local.Hosting;

/// <summary>A virtual clock that survives the process: where it stands is kept with the data, before anything happens at that time.</summary>
internal sealed class VirtualClock : IVirtualClock, IDisposable
{
    private const string MetaName = "virtual-now";

    private readonly SemaphoreSlim moving = new(1, 1);
    private CaseSystem? system;

    private VirtualClock(VirtualTime time) => Time = time;

    public VirtualTime Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Where the clock of a data directory stands; null when it has none.</summary>
    public static async ValueTask<DateTimeOffset?> StandsAtAsync(SqliteStore store, CancellationToken cancellation = default) =>
        await store.GetMetaAsync(MetaName, cancellation) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : null;

    /// <summary>A clock for a directory that is about to be opened: where it stood, else <paramref name="start"/>.</summary>
    public static async Task<VirtualClock> OpenAsync(string directory, DateTimeOffset start)
    {
        return await KeptAsync(directory) is { } stands ? new VirtualClock(new VirtualTime(stands)) : new VirtualClock(new VirtualTime(start));
    }

    /// <summary>The clock that a directory keeps; null when it lives on real time or is new.</summary>
    public static async Task<VirtualClock?> OfAsync(string directory) =>
        await KeptAsync(directory) is { } stands ? new VirtualClock(new VirtualTime(stands)) : null;

    private static async Task<DateTimeOffset?> KeptAsync(string directory)
    {
        if (!File.Exists(DataDirectory.Database(directory)))
        {
            return null;
        }

        var keys = StoreKeys.LoadOrCreate(directory, Environment.GetEnvironmentVariable(StoreKeys.EnvironmentVariable));
        await using var store = await SqliteStore.OpenAsync(directory, keys, readOnly: true);
        return await StandsAtAsync(store);
    }

    /// <summary>Binds the clock to the opened system.</summary>
    public async Task StartAsync(CaseSystem opened, CancellationToken cancellation)
    {
        system = opened;
        await KeepAsync(Now, cancellation);
    }

    public async ValueTask AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellation = default)
    {
        await moving.WaitAsync(cancellation);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(instant, Now);
            await SettleAsync(cancellation);
            while (await system!.Pump.NextWakeAsync(cancellation) is { } wake && wake <= instant)
            {
                await MoveToAsync(wake > Now ? wake : Now, cancellation);
                await SettleAsync(cancellation);
            }

            await MoveToAsync(instant, cancellation);
            await SettleAsync(cancellation);
        }
        finally
        {
            moving.Release();
        }
    }

    public void Dispose() => moving.Dispose();

    /// <summary>Lets everything happen that is due now, whoever rang it.</summary>
    private async ValueTask SettleAsync(CancellationToken cancellation)
    {
        await system!.Pump.WhenQuietAsync(cancellation);
        while (await system.Pump.SweepAsync(cancellation))
        {
            await system.Pump.WhenQuietAsync(cancellation);
        }
    }

    private async ValueTask MoveToAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        if (instant == Now)
        {
            return;
        }

        await KeepAsync(instant, cancellation);
        Time.MoveTo(instant);
    }

    private ValueTask KeepAsync(DateTimeOffset instant, CancellationToken cancellation) =>
        system!.Store.SetMetaAsync(MetaName, instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), cancellation);
}

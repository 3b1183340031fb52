using CollectionsFlows.Application.Borrowers;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Erases borrowers when their records need be kept no longer (S15, S25): looks when the host starts, and again on each day of the time cases live in.</summary>
/// <param name="system">The cases.</param>
/// <param name="years">How long personal data is kept after a borrower's last case closed.</param>
/// <param name="logger">Told how many were erased.</param>
internal sealed partial class RetentionWatch(CaseSystem system, int years, ILogger logger) : BackgroundService
{
    /// <summary>What the rules on record ask for (regulation.md, "Records").</summary>
    public const int StandardYears = 5;

    // A virtual clock may run through days in a second: a look reads the whole list.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Retention retention = new(system.Store, system.Store, system.Time);
    private DateOnly? looked;

    /// <summary>Erases who is to be erased, once a day.</summary>
    /// <returns>How many.</returns>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(system.Time.GetUtcNow().UtcDateTime);
        if (looked == today)
        {
            return 0;
        }

        var erased = await retention.ApplyAsync(years, cancellation);
        looked = today;
        return erased;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                if (await LookAsync(stoppingToken) is > 0 and var erased)
                {
                    LogErased(logger, erased, years);
                }
            }
#pragma warning disable CA1031 // A busy file, a case whose records are broken: the host collects on, and the next look tries again.
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, problem.GetType().FullName, problem.StackTrace); // Not the message, which may quote records.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "retention: {Erased} borrowers erased, whose last case closed {Years} years ago or earlier")]
    private static partial void LogErased(ILogger logger, int erased, int years);

    [LoggerMessage(Level = LogLevel.Warning, Message = "retention failed and is tried again: {Type}\n{Stack}")]
    private static partial void LogFailed(ILogger logger, string? type, string? stack);
}

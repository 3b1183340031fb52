using System.Collections.Concurrent;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Tests.House;

/// <summary>A clock that stands still until it is told to go.</summary>
public sealed class SteppedTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A virtual clock over <see cref="SteppedTime"/>.</summary>
public sealed class StandInClock(SteppedTime time) : IVirtualClock
{
    public DateTimeOffset Now => time.Now;

    public ValueTask AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, time.Now);
        time.Now = instant;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Cases as they are told.</summary>
public sealed class StandInQueries : ICaseQueries
{
    public ConcurrentDictionary<string, CaseDetail> Details { get; } = new(StringComparer.Ordinal);

    public Exception? Failure { get; set; }

    public ValueTask<CaseDetail?> DetailAsync(string loanId, CancellationToken cancellation = default) =>
        Failure is null ? new(Details.GetValueOrDefault(loanId)) : throw Failure;

    public ValueTask<CaseInstance?> InstanceAsync(string loanId, CancellationToken cancellation = default) =>
        new(Details.ContainsKey(loanId) ? new CaseInstance($"loan-{loanId}", "Running", null, 0, 1, null) : null);
}

/// <summary>The small ports: figures, import, address book, doorbell.</summary>
public sealed class StandInPorts : IKpis, IPortfolioImport, IInboundAddressBook, IDoorbell
{
    public ConcurrentQueue<string> Rings { get; } = new();

    public Dictionary<string, string[]> LoansByNumber { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Address, Guid Operation), string> CommandsByOperation { get; } = [];

    public ImportOutcome Outcome { get; set; } = new(0, 0, []);

    public (string Text, PortfolioFormat Format, string? Policy, bool Partial)? Imported { get; private set; }

    public ValueTask RingAsync(string loanId, CancellationToken cancellation = default)
    {
        Rings.Enqueue(loanId);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default) =>
        new(LoansByNumber.GetValueOrDefault(address) ?? []);

    public ValueTask<string?> CommandOfAsync(Channel channel, string address, Guid operationId, CancellationToken cancellation = default) =>
        new(channel == Channel.Email ? CommandsByOperation.GetValueOrDefault((address, operationId)) : null);

    public ValueTask<Kpis> KpisAsync(CancellationToken cancellation = default) => new(new Kpis(
        new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero), new Dictionary<CaseStatus, int> { [CaseStatus.Collecting] = 2, [CaseStatus.WrittenOff] = 1 },
        [new("CNY", 2, 1250.5m, 9000m)], OpenTasks: 1, OpenApprovals: 0, Unmatched: 3));

    public ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default)
    {
        // Synchronously, as the readers of files do.
        using var reader = new StreamReader(file, leaveOpen: true);
        Imported = (reader.ReadToEnd(), format, policyName, partial);
        return new(Outcome);
    }
}

/// <summary>Keeps what is logged, to look for what must not be.</summary>
public sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}

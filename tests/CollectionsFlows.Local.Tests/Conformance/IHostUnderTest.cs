using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Local.Tests.Conformance;

/// <summary>A running host, driven as its users drive it: by HTTP and by time.</summary>
public interface IHostUnderTest : IAsyncDisposable
{
    /// <summary>Where it listens.</summary>
    Uri Address { get; }

    /// <summary>A supervisor's bearer token.</summary>
    string Token { get; }

    /// <summary>What payment webhooks are signed with.</summary>
    byte[] WebhookSecret { get; }

    /// <summary>Lets time pass; every case wakes on the way at its own time.</summary>
    Task AdvanceToAsync(DateTimeOffset instant);

    /// <summary>Every fact of a loan.</summary>
    Task<IReadOnlyList<JournalEntry>> JournalAsync(string loanId);
}

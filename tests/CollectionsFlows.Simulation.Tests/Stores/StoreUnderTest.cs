using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Simulation.Tests.Stores;

/// <summary>A fresh store behind its ports.</summary>
public sealed record StoreUnderTest(ICaseStore Cases, IBorrowerStore Borrowers, IEnrolmentStore Enrolments, IEvidenceArchive Evidence, Func<ValueTask> Close)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Close();
}

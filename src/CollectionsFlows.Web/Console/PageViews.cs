using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Console;

/// <summary>What the first page shows.</summary>
public sealed record HomeView(string? Caller, ClockView Clock, Kpis Kpis, CaseStatus? Status, IReadOnlyList<CaseDetail> Cases, int Total, IReadOnlyList<string> Alerts);

/// <summary>What a case's page shows. Messages are null for callers who may not read personal data.</summary>
public sealed record CaseView(string? Caller, ClockView Clock, CaseDetail Detail, MessageListView? Messages, IReadOnlyList<SpokenFact> Facts, int Earlier);

/// <summary>A fact in plain words.</summary>
public sealed record SpokenFact(int Seq, DateTimeOffset At, string Words);

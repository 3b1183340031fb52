using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Console;

/// <summary>What the first page shows.</summary>
public sealed record HomeView(string? Caller, ClockView Clock, Kpis Kpis, CaseStatus? Status, IReadOnlyList<CaseDetail> Cases, int Total);

/// <summary>What a case's page shows. Messages are null for callers who may not read personal data.</summary>
public sealed record CaseView(
    string? Caller, ClockView Clock, CaseDetail Detail, MessageListView? Messages, IReadOnlyList<SpokenFact> Facts, int Earlier, WhyView Why);

/// <summary>The question why the borrower was contacted or not, as typed, and its answer; neither answer nor errors: nobody asked.</summary>
public sealed record WhyView(string At, string Channel, WhyAnswer? Answer, IReadOnlyList<InputError> Errors);

/// <summary>A fact in plain words.</summary>
public sealed record SpokenFact(int Seq, DateTimeOffset At, string Words);

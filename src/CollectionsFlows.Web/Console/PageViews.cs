using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Console;

/// <summary>What the first page shows.</summary>
public sealed record HomeView(string? Caller, ClockView Clock, Kpis Kpis, CaseStatus? Status, IReadOnlyList<CaseDetail> Cases, int Total, IReadOnlyList<string> Alerts);

/// <summary>What a case's page shows. Messages and dossiers are null for callers who may not read personal data, the draft for those who may not write.</summary>
public sealed record CaseView(
    string? Caller, ClockView Clock, CaseDetail Detail, MessageListView? Messages, IReadOnlyList<SpokenFact> Facts, int Earlier, WhyView Why, MessageDraftView? Draft = null,
    DossierListView? Dossiers = null);

/// <summary>The question why the borrower was contacted or not, as typed, and its answer; neither answer nor errors: nobody asked.</summary>
public sealed record WhyView(string At, string Channel, WhyAnswer? Answer, IReadOnlyList<InputError> Errors);

/// <summary>A message being written. Personal data.</summary>
/// <param name="Id">Of the form: sent twice, it is one message.</param>
/// <param name="Channel">As chosen.</param>
/// <param name="Purpose">As chosen.</param>
/// <param name="Subject">As written.</param>
/// <param name="Text">As written.</param>
/// <param name="Reason">As written.</param>
/// <param name="Problems">What is wrong with it, in words.</param>
/// <param name="Preview">What would be sent; null: not checked.</param>
/// <param name="Segments">Parts of an SMS; null: not checked.</param>
public sealed record MessageDraftView(
    string Id, string? Channel, string? Purpose, string? Subject, string? Text, string? Reason, IReadOnlyList<string> Problems, string? Preview, int? Segments)
{
    /// <summary>Good news to show above the form; null: none.</summary>
    public string? Notice { get; init; }

    public static MessageDraftView Empty(string id, string? notice) => new(id, null, null, null, null, null, [], null, null) { Notice = notice };
}

/// <summary>A fact in plain words.</summary>
public sealed record SpokenFact(int Seq, DateTimeOffset At, string Words);

using System.Globalization;
using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The sections about what people decided and agreed.</summary>
internal static class HistorySections
{
    public static void Write(HtmlWriter html, Dossier dossier) => html
        .Section("approvals", "Approvals and the figures they rest on", section => Approvals(section, dossier))
        .Section("agreements", "Promises, plans and special circumstances", section => Agreements(section, dossier));

    private static void Approvals(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Approvals.Count == 0)
        {
            html.Element("p", "No approval was ever asked for.");
            return;
        }

        foreach (var approval in dossier.Approvals)
        {
            string Amount(decimal amount) => Words.Amount(amount, dossier.Currency);
            var ordered = approval.ApprovalId == dossier.ApprovalId ? ", which ordered this dossier" : "";
            var net = approval.ExpectedRecovery - approval.CostOfSuit;
            html.Element("h3", $"Approval {approval.ApprovalId}: {LadderWords.Subject(approval.Subject)}{ordered}").Pairs(
                ("Asked", $"{Words.Instant(approval.RequestedAt)}, of team {approval.Team}"),
                ("Then", $"{Words.Days(approval.DaysPastDue)} past due, balance {Amount(approval.Balance)}"),
                ("Cost of suit", Amount(approval.CostOfSuit)),
                ("Expected recovery", Amount(approval.ExpectedRecovery)),
                ("Expected less cost", Amount(net)),
                ("Answer", approval.Decision + (approval.DecidedAt is { } at ? $", {Words.Instant(at)}" : "") + Words.Also(approval.DecidedBy, ", by ")),
                ("Reason", approval.Reason));
        }
    }

    private static void Agreements(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Promises.Count + dossier.Plans.Count + dossier.Tracks.Count == 0)
        {
            html.Element("p", "None.");
            return;
        }

        Promises(html, dossier);
        foreach (var plan in dossier.Plans)
        {
            Plan(html, dossier, plan);
        }

        if (dossier.Tracks.Count > 0)
        {
            html.Element("h3", "Special circumstances").Table(
                ["What", "From", "Planned end", "Ended", "Notes"],
                dossier.Tracks.Select(track => new[]
                {
                    Words.Name(track.Track) + Words.Also(track.Reference, " "), Words.Date(track.From), track.Until is { } until ? Words.Date(until) : "open",
                    track.EndedOn is { } ended ? Words.Date(ended) + Words.Also(track.Outcome, ", ") : "still running",
                    string.Join("; ", Notes(track)),
                }));
        }
    }

    private static IEnumerable<string> Notes(DossierTrack track)
    {
        if (track.Detail is { } detail) yield return detail;
        if (track.PausesDaysPastDue) yield return "days do not count as past due";
        foreach (var step in track.Steps) yield return $"{step.Step} {Words.Instant(step.At)}";
    }

    private static void Promises(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Promises.Count == 0)
        {
            return;
        }

        html.Element("h3", "Promises to pay").Table(
            ["Promise", "Made", "#Amount", "By", "Outcome", "#Received for it"],
            dossier.Promises.Select(promise => new[]
            {
                promise.PromiseId, Words.Instant(promise.MadeAt), Words.Amount(promise.Amount, dossier.Currency), Words.Date(promise.DueOn),
                Words.Name(promise.Status) + (promise.EndedOn is { } ended ? $" on {Words.Date(ended)}" : ""),
                promise.Received is { } received ? Words.Amount(received, dossier.Currency) : "",
            }));
    }

    private static void Plan(HtmlWriter html, Dossier dossier, DossierPlan plan) => html
        .Element("h3", $"Plan {plan.PlanId}")
        .Element("p", $"Agreed on {Words.Date(plan.AcceptedOn)}, {plan.Confirmation} confirmation. "
            + $"{char.ToUpperInvariant(plan.Outcome[0])}{plan.Outcome[1..]}{(plan.EndedOn is { } ended ? $" on {Words.Date(ended)}" : "")}{Words.Also(plan.Reason, ": ")}.")
        .Table(
            ["#No.", "Due on", "#Amount", "Outcome"],
            plan.Instalments.Select(instalment => new[]
            {
                instalment.Number.ToString(CultureInfo.InvariantCulture), Words.Date(instalment.DueOn), Words.Amount(instalment.Amount, dossier.Currency), instalment.Outcome,
            }));
}

using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Says why a case makes no contact by itself at an instant: what stands in the way, or that nothing is due.</summary>
internal static class WhyNotWords
{
    public static IEnumerable<string> Of(CaseStanding standing, CaseState state, Policy policy, bool isOver, BorrowerTimes times)
    {
        var (be, do_) = isOver ? ("was", "had") : ("is", "has");
        if (standing.ClosedReason is { } reason)
        {
            yield return $"The case {be} closed ({Words.Name(reason)}) since {times.Say(state.ClosedAt ?? standing.At)}.";
            yield break;
        }

        foreach (var waiting in standing.Waiting)
            yield return Waiting(waiting, isOver, times);
        var stops = Stops(state, be).ToList();
        foreach (var stop in stops)
            yield return stop;
        if (stops.Count == 0 && state.LadderResumesOn is { } resumes && resumes > times.Clock.DateAt(standing.At))
            yield return $"Collection {do_} ended a pause: it {(isOver ? "went" : "goes")} on from {Words.Date(resumes)}.";
        if (stops.Count == 0 && state.Delinquency is null)
            yield return Watching(standing, state.Terms.Currency, policy, be);
        if (standing.Waiting.Count == 0)
            yield return NothingDue(standing.NextAction, standing.At, isOver, times);
    }

    private static string Waiting(WaitingMessage waiting, bool isOver, BorrowerTimes times)
    {
        var wait = isOver ? "was waiting" : "waits";
        return waiting switch
        {
            { NotBefore: null } => $"The message {waiting.Template} {(isOver ? "was" : "is")} about to be sent.",
            { NotBefore: { } until, Rule: { } rule } => $"The message {waiting.Template} {wait} until {times.Say(until)}: {rule.Id} {(isOver ? "had" : "has")} deferred it{Words.Also(rule.Title, " (")}{(rule.Title is null ? "" : ")")}.",
            { NotBefore: { } until, Retry: { } retry } =>
                $"The message {waiting.Template} {wait} until {times.Say(until)}: the carrier could not deliver it before, and it is tried again then (retry {retry}).",
            { NotBefore: { } until } => $"The message {waiting.Template} {wait} until {times.Say(until)}: collection goes on only then.",
        };
    }

    private static IEnumerable<string> Stops(CaseState state, string be)
    {
        if (state.WrittenOffOn is { } off)
            yield return $"The debt {be} written off since {Words.Date(off)}: no step follows.";
        foreach (var track in state.Tracks.Where(track => ExceptionTracks.StopsLadder(track.Track)))
        {
            var name = track.Track == ExceptionTrack.Manual ? "a hold by an operator" : Words.Name(track.Track);
            var end = track.Until is { } until ? $", until {Words.Date(until)}" : "";
            yield return $"The case {be} held: {name}{Words.Also(track.Reference, " ")} since {Words.Date(track.From)}{end}.";
        }

        if (state.Plan is { } plan)
            yield return $"Plan {plan.PlanId} {be} running: collection stops while it is kept.";
        foreach (var promise in state.Promises.Where(promise => promise.Status == Core.Plans.PromiseStatus.Active))
            yield return $"Promise {promise.PromiseId} of {MessageFormat.Amount(promise.Amount, state.Terms.Currency, "en")} by {Words.Date(promise.DueOn)} {be} live: collection waits for it.";
    }

    private static string Watching(CaseStanding standing, Currency currency, Policy policy, string be) => standing.Overdue == 0m
        ? $"Nothing {be} overdue."
        : $"{MessageFormat.Amount(standing.Overdue, currency, "en")} {be} overdue for {Words.Days(standing.DaysPastDue)}: {policy.Name} {(be == "was" ? "had" : "has")} not begun to collect.";

    private static string NothingDue(NextAction? next, DateTimeOffset at, bool isOver, BorrowerTimes times) => next switch
    {
        null => "Nothing more was to be done.",
        { At: var due } when due <= at => $"Due since {times.Say(due)} and not run yet: {next.Why}.",
        _ => $"No step {(isOver ? "was" : "is")} due: the next {(isOver ? "was" : "is")} at {times.Say(next.At)}: {next.Why}.",
    };
}

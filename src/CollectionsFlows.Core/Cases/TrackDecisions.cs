using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Cases;

/// <summary>Exception tracks: what leaves the ladder, and comes back the day after it ends.</summary>
internal static class TrackDecisions
{
    public static void Started(Decision decision, CaseInput input, CaseEvent.TrackStarted started)
    {
        var from = started.From ?? decision.Clock.DateAt(input.At);
        var rule = NoticeDecisions.StoppingRule(decision, input, started);
        if (decision.State.ClosedReason is not null && !ExceptionTracks.KeepsRecords(started.Track))
        {
            CaseDecider.Ignore(decision, input, "the case is closed");
            return;
        }

        if (started.Until <= decision.Today)
        {
            CaseDecider.Ignore(decision, input, $"it ended on {started.Until:yyyy-MM-dd}");
            return;
        }

        var replaced = Outlasted(decision, started);
        if (replaced is null && Running(decision, started.Track, started.Reference))
        {
            if (rule is null || decision.State.Tracks.Any(active => active.Track == started.Track && active.Rule is not null))
            {
                CaseDecider.Ignore(decision, input, $"{Name(started.Track)} is running already");
                return;
            }

            // An oral dispute is put into writing in time: from now on the law stops collection too.
            decision.Record(new CaseFact.TrackAdvanced(started.Track, started.Reference, started.Detail ?? "written", rule));
            return;
        }

        if (OverAlready(decision, Name(started.Track), started.Reference, input.At) is { } over)
        {
            CaseDecider.Ignore(decision, input, over);
            return;
        }

        if (replaced is not null)
        {
            decision.Record(new CaseFact.TrackEnded(
                replaced.Track, replaced.Reference, replaced.IsInForceOn(decision.Today) ? "one that lasts longer" : "time is over", decision.Today, decision.Tomorrow));
        }

        decision.Record(new CaseFact.TrackStarted(
            started.Track, started.Reference, from, started.Until, started.Detail, ExceptionTracks.PausesDaysPastDue(started.Track), rule));
        if (decision.State.ClosedReason is null)
        {
            Suspend(decision, started.Track);
        }
    }

    /// <summary>What a track stops and asks for on an open case.</summary>
    private static void Suspend(Decision decision, ExceptionTrack track)
    {
        if (ExceptionTracks.StopsLadder(track))
        {
            var spared = ExceptionTracks.SparesNotices(track);
            // What confirms the borrower's own words goes out all the same; the gate knows what stops even that.
            DelinquencyDecisions.Withdraw(
                decision, send => send.Purpose != Contact.Purpose.Confirmation && !(spared && NoticeDecisions.IsNotice(decision, send)), $"{Name(track)} stops collection");
            WorkDecisions.HoldReferral(decision, $"{Name(track)} stops collection");
        }

        if (ExceptionTracks.Work(track) is { } work)
        {
            WorkDecisions.Open(decision, work.Kind, WorkOrigin.Track, work.DueWithinDays, $"{Name(track)} began");
        }

        // A pause that reaches back takes days away that counted before.
        PaymentDecisions.Consequences(decision);
    }

    public static void Advanced(Decision decision, CaseInput input, CaseEvent.TrackAdvanced advanced)
    {
        if (!Running(decision, advanced.Track, advanced.Reference))
        {
            CaseDecider.Ignore(decision, input, $"no running {Name(advanced.Track)} {advanced.Reference}".TrimEnd());
            return;
        }

        decision.Record(new CaseFact.TrackAdvanced(advanced.Track, advanced.Reference, advanced.Step));
    }

    public static void Ended(Decision decision, CaseInput input, CaseEvent.TrackEnded ended)
    {
        if (!Running(decision, ended.Track, ended.Reference))
        {
            decision.Record(new CaseFact.EndedBeforehand(Name(ended.Track), ended.Reference, input.At));
        }
        else if (ended.Until > decision.Today)
        {
            decision.Record(new CaseFact.TrackLimited(ended.Track, ended.Reference, ended.Until.Value));
            PaymentDecisions.Consequences(decision);
        }
        else
        {
            End(decision, ended.Track, ended.Reference, ended.Outcome);
        }
    }

    /// <summary>Why what begins is over already: its end overtook it. Null: it is not.</summary>
    public static string? OverAlready(Decision decision, string what, string? reference, DateTimeOffset begunAt) =>
        decision.State.EarlyEnds?.FirstOrDefault(end => end.Covers(what, reference, begunAt)) is { } end
            ? $"it ended on {decision.Clock.DateAt(end.EndedAt):yyyy-MM-dd}: the end arrived first"
            : null;

    /// <summary>Ends a track: by word or by time.</summary>
    public static void End(Decision decision, ExceptionTrack track, string? reference, string? outcome)
    {
        decision.Record(new CaseFact.TrackEnded(track, reference, outcome, decision.Today, decision.Tomorrow));
        EndWork(decision, track);
        if (decision.State.ClosedReason is null || !ExceptionTracks.KeepsRecords(track))
        {
            PaymentDecisions.Consequences(decision);
        }
    }

    /// <summary>What people were asked to do about a track is done with its last.</summary>
    private static void EndWork(Decision decision, ExceptionTrack track)
    {
        if (ExceptionTracks.Work(track) is { } work && decision.State.Tracks.All(active => active.Track != track))
        {
            foreach (var task in decision.State.Tasks.Where(task => task.Origin == WorkOrigin.Track && task.Kind == work.Kind).ToList())
            {
                decision.Record(new CaseFact.TaskCancelled(task.Id, $"{Name(track)} ended"));
            }
        }
    }

    /// <summary>The legal hold that a later one outlasts, or that ran out while nobody woke the closed case: of several the longest counts, whatever their order.</summary>
    private static ActiveTrack? Outlasted(Decision decision, CaseEvent.TrackStarted started) => ExceptionTracks.KeepsRecords(started.Track)
        ? decision.State.Tracks.FirstOrDefault(active => active.Track == started.Track && active.Reference == started.Reference
            && active.Until is { } end && !(started.Until <= end))
        : null;

    private static bool Running(Decision decision, ExceptionTrack track, string? reference) =>
        decision.State.Tracks.Any(active => active.Track == track && active.Reference == reference);

    private static string Name(ExceptionTrack track) => EarlyEnd.Of(track);
}

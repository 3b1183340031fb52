using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds the notices the law wants.</summary>
internal static class NoticeEvolution
{
    /// <summary>The state with the fact; null when the fact is about something else.</summary>
    public static CaseState? Apply(CaseState state, CaseFact fact) => fact switch
    {
        CaseFact.NoticeSent sent => Sent(state, sent),
        CaseFact.NoticeMissed missed => Missed(state, missed),
        CaseFact.NoticeReturned returned => Returned(state, returned),
        CaseFact.NoticeLapsed lapsed => InterestFrom(state, lapsed.Rule, lapsed.Reference, lapsed.On.AddDays(1)) with
        {
            Notices = [.. Others(state, lapsed.Rule, lapsed.Reference)],
        },
        _ => null,
    };

    /// <summary>A notice was asked for: anew, or once more where the last try came to nothing.</summary>
    public static CaseState Requested(CaseState state, CaseFact.NotificationRequested asked, string commandId)
    {
        if (asked.Rule is not { } rule)
        {
            return state;
        }

        // One that went out and did not get through keeps its day until it goes out again: then it counts from that day.
        var again = state.Notice(rule, asked.Reference) is { } tried && (tried.SentOn is null || tried.CommandId == asked.RetryOf) ? tried with { CommandId = commandId, Returned = null } : null;
        return With(state, again ?? new NoticeRecord { Rule = rule, Reference = asked.Reference, CommandId = commandId, DueOn = asked.DueOn });
    }

    private static CaseState Sent(CaseState state, CaseFact.NoticeSent sent)
    {
        var notice = state.Notice(sent.Rule, sent.Reference) ?? new NoticeRecord { Rule = sent.Rule, Reference = sent.Reference, CommandId = sent.By };

        // The day on which it goes out is the last that bears no interest (CCA 1974 s.86D).
        return With(InterestFrom(state, sent.Rule, sent.Reference, sent.SentOn.AddDays(1)), notice with
        {
            SentOn = sent.SentOn, PeriodEndsOn = sent.PeriodEndsOn, EnforceableFrom = sent.EnforceableFrom, Missing = null,
            Returned = sent.By == notice.CommandId ? null : notice.Returned,
        });
    }

    private static CaseState Returned(CaseState state, CaseFact.NoticeReturned returned) => state.Notice(returned.Rule, returned.Reference) is { } notice
        ? With(state, notice with { SentOn = null, PeriodEndsOn = null, EnforceableFrom = null, Returned = true })
        : state;

    private static CaseState Missed(CaseState state, CaseFact.NoticeMissed missed)
    {
        var stopped = missed.InterestStopsFrom is { } from
            ? state with { Pauses = [.. state.Pauses, new Pause(from, DateOnly.MaxValue, InterestOnly: true)] }
            : state;
        return state.Notice(missed.Rule, missed.Reference) is { } notice ? With(stopped, notice with { Missing = missed.Stops }) : stopped;
    }

    /// <summary>Interest that had stopped for want of the notice runs again from a day.</summary>
    private static CaseState InterestFrom(CaseState state, string rule, string? reference, DateOnly day)
    {
        if (state.Notice(rule, reference)?.Missing is null || state.Pauses.All(IsClosed))
        {
            return state;
        }

        return state with { Pauses = [.. state.Pauses.Select(pause => IsClosed(pause) ? pause : pause with { Until = day > pause.From ? day : pause.From })] };
    }

    private static bool IsClosed(Pause pause) => pause.InterestOnly != true || pause.Until != DateOnly.MaxValue;

    private static CaseState With(CaseState state, NoticeRecord notice) => state with { Notices = [.. Others(state, notice.Rule, notice.Reference), notice] };

    private static IEnumerable<NoticeRecord> Others(CaseState state, string rule, string? reference) =>
        state.AllNotices().Where(notice => notice.Rule != rule || notice.Reference != reference);
}

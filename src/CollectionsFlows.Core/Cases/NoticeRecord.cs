using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Core.Cases;

/// <summary>How far a notice the law wants has got: the last one of its rule, and of what it is about.</summary>
public sealed record NoticeRecord
{
    /// <summary>The rule that wants it.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about, where there may be several (a plan).</summary>
    public string? Reference { get; init; }

    /// <summary>The last command that was to send it.</summary>
    public required string CommandId { get; init; }

    /// <summary>The last day on which it is in time; null: no day is set.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>The day it went out; null: not yet.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>The last day of the borrower's period that it began.</summary>
    public DateOnly? PeriodEndsOn { get; init; }

    /// <summary>The first day on which a suit may be asked for.</summary>
    public DateOnly? EnforceableFrom { get; init; }

    /// <summary>Its last day is over and it has not gone out: what stands still; null: it is not missing.</summary>
    public IReadOnlyList<NoticeStop>? Missing { get; init; }

    /// <summary>True: what the command sent came back. Should people have sent it since, that stands, however often the carrier says so again.</summary>
    public bool? Returned { get; init; }
}

/// <summary>Questions about the notices of a case.</summary>
public static class NoticeRecords
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NoticeRecord> AllNotices(this CaseState state) => state.Notices ?? [];

    /// <summary>The notice of a rule and of what it is about; null: none was asked for.</summary>
    public static NoticeRecord? Notice(this CaseState state, string rule, string? reference = null)
    {
        foreach (var notice in state.AllNotices())
        {
            if (notice.Rule == rule && notice.Reference == reference)
            {
                return notice;
            }
        }

        return null;
    }

    /// <summary>The missing notice that makes something stand still; null: none does.</summary>
    public static NoticeRecord? Stopping(this CaseState state, NoticeStop what)
    {
        foreach (var notice in state.AllNotices())
        {
            if (notice.Missing?.Contains(what) == true)
            {
                return notice;
            }
        }

        return null;
    }

    /// <summary>Whether the command that is to send it waits.</summary>
    public static bool IsPending(this CaseState state, NoticeRecord notice)
    {
        foreach (var pending in state.Commands)
        {
            if (pending.Command.Id == notice.CommandId)
            {
                return true;
            }
        }

        return false;
    }
}

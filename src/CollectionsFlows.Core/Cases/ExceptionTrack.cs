using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Cases;

/// <summary>Why a case leaves the ladder for a while (domain.md, "exception tracks").</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ExceptionTrack>))]
public enum ExceptionTrack
{
    /// <summary>Placed by an operator.</summary>
    Manual,
    Dispute,

    /// <summary>Collection contact pauses until it is answered (S21).</summary>
    Complaint,

    /// <summary>Pauses the clock as well: the days do not count as past due.</summary>
    Hardship,
    Bankruptcy,
    Death,
    IdentityTheft,
    BreathingSpace,

    /// <summary>Represented: talk to the attorney only.</summary>
    Attorney,

    /// <summary>Active military service.</summary>
    Military,
}

/// <summary>What each track does. One table, so that a new track is one row.</summary>
public static class ExceptionTracks
{
    /// <summary>Whether the ladder stands still: no step, no promise or plan is needed to stop it.</summary>
    /// <remarks>
    /// A complaint pauses contact, not the debt (S21): the days go on counting and the ladder stands still, escalation included, for nobody
    /// should be handed to lawyers while it is asked whether they were treated right. When it ends, the ladder goes on where the days are by then.
    /// </remarks>
    public static bool StopsLadder(ExceptionTrack track) => track != ExceptionTrack.Military;

    /// <summary>Whether notices that the law wants go out all the same: nobody writes to the dead, to who has an attorney, nor into a stay.</summary>
    public static bool SparesNotices(ExceptionTrack track) => track is not (ExceptionTrack.Bankruptcy or ExceptionTrack.Death or ExceptionTrack.Attorney);

    /// <summary>Whether it is a legal hold too: what it holds must not be erased meanwhile (regulation.md, "Records"), so a closed case takes it as well.</summary>
    public static bool KeepsRecords(ExceptionTrack track) => track == ExceptionTrack.Manual;

    /// <summary>Whether the days do not count as past due.</summary>
    public static bool PausesDaysPastDue(ExceptionTrack track) => track is ExceptionTrack.Hardship or ExceptionTrack.BreathingSpace;

    /// <summary>The human work it opens, as (kind, days to do it in); null: none.</summary>
    public static (string Kind, int DueWithinDays)? Work(ExceptionTrack track) => track switch
    {
        ExceptionTrack.Dispute => ("investigate-dispute", 10),
        ExceptionTrack.Complaint => ("investigate-complaint", 5),
        ExceptionTrack.Hardship => ("review-hardship", 10),
        ExceptionTrack.Bankruptcy => ("file-claim", 10),
        ExceptionTrack.Death => ("find-estate", 15),
        ExceptionTrack.IdentityTheft => ("investigate-identity-theft", 5),
        ExceptionTrack.Attorney => ("contact-attorney", 5),
        _ => null,
    };
}

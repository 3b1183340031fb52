using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>What a loan's own case knows better than the borrower's profile, as flags for the contact gate.</summary>
public static class CaseFlags
{
    private const string PlanSigned = "plan-signed";
    private const string Disputed = "disputed";

    /// <summary>The profile with a running plan (<c>CN-CARD-PLAN</c>), missing notices (<c>GB-NOSIA</c>), and without a dispute that only the house's hold is about (<c>US-VALIDATION</c>).</summary>
    public static ContactProfile Joined(ContactProfile profile, CaseState state, Policy policy)
    {
        var flags = new List<ProfileFlag>(profile.Flags.Count + 1);
        foreach (var flag in profile.Flags)
        {
            if (flag.Name != Disputed || flag.DebtId != state.Terms.LoanId || !IsOfTheHouse(state))
            {
                flags.Add(flag);
            }
        }

        if (state.Plan is { } plan)
        {
            flags.Add(new ProfileFlag(PlanSigned, plan.AcceptedAt, DebtId: state.Terms.LoanId));
        }

        foreach (var notice in state.AllNotices())
        {
            if (notice is { Missing: not null, DueOn: { } dueOn } && policy.Notices.FirstOrDefault(duty => duty.Id == notice.Rule)?.MissingFlag is { } name)
            {
                flags.Add(new ProfileFlag(name, new BorrowerClock(state.Terms.TimeZones).StartOf(dueOn.AddDays(1)), DebtId: state.Terms.LoanId));
            }
        }

        return flags.SequenceEqual(profile.Flags) ? profile : profile with { Flags = flags };
    }

    /// <summary>The case knows the dispute, and the law does not stop collection for it: oral, or after the period. The ladder stands still all the same.</summary>
    private static bool IsOfTheHouse(CaseState state)
    {
        var dispute = state.Tracks.FirstOrDefault(track => track.Track == ExceptionTrack.Dispute);
        return dispute is { Rule: null };
    }
}

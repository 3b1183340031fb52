using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Changes of a contact profile. Events arrive in any order, so each change looks at when things happened, not at when they arrived.</summary>
internal static class ProfileChanges
{
    /// <summary>Sets a flag. One that was lifted later than it was set (the lifting arrived first) ends there.</summary>
    public static ContactProfile Set(this ContactProfile profile, ProfileFlag flag)
    {
        var lifted = profile.Flags
            .Where(other => IsSame(other, flag.Name, flag.DebtId, flag.Reference) && IsTombstone(other) && other.From >= flag.From)
            .OrderBy(other => other.From)
            .FirstOrDefault();
        var until = lifted is null || flag.Until < lifted.From ? flag.Until : lifted.From;
        var others = profile.Flags.Where(other => other != lifted);
        return profile with { Flags = [.. others, flag with { Until = until }] };
    }

    /// <summary>Lifts every flag of that name set before, and remembers the lifting for one that has not arrived yet.</summary>
    public static ContactProfile Lift(this ContactProfile profile, string name, string? debtId, string? reference, DateTimeOffset at)
    {
        var flags = profile.Flags.ToList();
        var found = false;
        for (var i = 0; i < flags.Count; i++)
        {
            var flag = flags[i];
            if (IsTombstone(flag) || flag.From > at || !IsSame(flag, name, flag.DebtId is null ? null : debtId, reference))
                continue;
            found = true;
            if (flag.Until is null || flag.Until > at)
                flags[i] = flag with { Until = at };
        }

        if (!found)
            flags.Add(new(name, at, at, null, reference));
        return profile with { Flags = flags };
    }

    /// <summary>Opts out of a medium, or of one address of it. Consents stay: the rule compares their times, and a verdict of the past must be judged again the same way.</summary>
    public static ContactProfile OptOut(this ContactProfile profile, Channel channel, string? key, DateTimeOffset at) =>
        profile with { OptOuts = [.. profile.OptOuts, new(channel, key, at)] };

    /// <summary>Consents to a medium, or to one address of it.</summary>
    public static ContactProfile Consent(this ContactProfile profile, Channel channel, string? key, DateTimeOffset at) =>
        profile with { Consents = [.. profile.Consents, new(channel, key, at)] };

    private static bool IsSame(ProfileFlag flag, string name, string? debtId, string? reference) =>
        flag.Name == name && (flag.DebtId is null || flag.DebtId == debtId) && flag.Reference == reference;

    private static bool IsTombstone(ProfileFlag flag) => flag.Until == flag.From;
}

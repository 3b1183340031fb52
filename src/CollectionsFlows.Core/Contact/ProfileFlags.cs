namespace CollectionsFlows.Core.Contact;

/// <summary>Questions about the flags of a profile at an instant.</summary>
public static class ProfileFlags
{
    /// <summary>Whether a flag holds for a debt at an instant: from its first instant, to its end outside.</summary>
    public static bool IsActive(this ProfileFlag flag, string debtId, DateTimeOffset t) =>
        flag.From <= t && (flag.Until is null || t < flag.Until) && (flag.DebtId is null || flag.DebtId == debtId);

    /// <summary>The first instant at or after <paramref name="t"/> at which a flag of a name holds; null when none ever does again.</summary>
    public static DateTimeOffset? FirstActive(this ContactProfile profile, string name, string debtId, DateTimeOffset t)
    {
        DateTimeOffset? first = null;
        var flags = profile.Flags;
        for (var i = 0; i < flags.Count; i++)
        {
            var from = flags[i].From > t ? flags[i].From.ToUniversalTime() : t;
            if (flags[i].Name == name && flags[i].IsActive(debtId, from) && (first is null || from < first))
                first = from;
        }

        return first;
    }

    /// <summary>The first instant at or after <paramref name="t"/> at which no flag of a name holds; null when one never ends.</summary>
    public static DateTimeOffset? FreeOf(this ContactProfile profile, string name, string debtId, DateTimeOffset t)
    {
        var flags = profile.Flags;
        for (var i = 0; i < flags.Count; i++)
        {
            if (flags[i].Name != name || !flags[i].IsActive(debtId, t))
                continue;
            if (flags[i].Until is not { } until)
                return null;
            (t, i) = (until.ToUniversalTime(), -1); // Another flag of the name may hold by then: start over.
        }

        return t;
    }
}

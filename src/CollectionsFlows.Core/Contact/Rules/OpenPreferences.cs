namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>The times a borrower's wishes leave open, on a wall clock.</summary>
/// <param name="Wishes">What is blocked.</param>
/// <param name="Request">The contact they are asked about.</param>
internal readonly record struct OpenPreferences(IReadOnlyList<BlockedTime> Wishes, ContactRequest Request) : IWallHours
{
    // Wishes repeat by the week and end on a date at most: a year of blocked stretches without a gap never opens.
    private const int StretchesSearched = 1500;

    public DateTime? Next(DateTime local)
    {
        for (var searched = 0; searched < StretchesSearched && local.Year < 9999; searched++)
        {
            DateTime? end = null;
            for (var i = 0; i < Wishes.Count; i++)
                if (Concerns(Wishes[i]) && End(Wishes[i], local) is { } e && (end is null || e > end))
                    end = e;
            if (end is null)
                return local;
            local = end.Value;
        }

        return null;
    }

    private bool Concerns(BlockedTime wish) =>
        (wish.Channel is { } channel ? channel == Request.Channel : Request.Channel != Channel.Letter)
        && (wish.Place is null || wish.Place == Request.Place);

    // When the stretch of a wish that covers this moment ends; null when none does. A stretch belongs to the day it begins on.
    private static DateTime? End(BlockedTime wish, DateTime local)
    {
        var day = local.Date;
        if (wish is { Days: null, From: null, To: null, Until: { } last } && On(wish, day))
            return last.ToDateTime(TimeOnly.MinValue).AddDays(1);
        var from = wish.From?.ToTimeSpan() ?? TimeSpan.Zero;
        var to = wish.To?.ToTimeSpan() ?? TimeSpan.FromDays(1);
        var length = to > from ? to - from : to + TimeSpan.FromDays(1) - from;
        for (var start = day.AddDays(-1); start <= day; start = start.AddDays(1))
            if (On(wish, start) && local >= start + from && local < start + from + length)
                return start + from + length;
        return null;
    }

    private static bool On(BlockedTime wish, DateTime day)
    {
        if (wish.Until is { } last && DateOnly.FromDateTime(day) > last)
            return false;
        if (wish.Days is null)
            return true;
        for (var i = 0; i < wish.Days.Count; i++)
            if (wish.Days[i] == day.DayOfWeek)
                return true;
        return false;
    }
}

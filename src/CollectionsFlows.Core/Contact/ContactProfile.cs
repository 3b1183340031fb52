namespace CollectionsFlows.Core.Contact;

/// <summary>What is known of a borrower that decides contacts: no names, no numbers, only opaque address keys.</summary>
public sealed record ContactProfile
{
    public static readonly ContactProfile Empty = new();

    /// <summary>Flags as in the contract's gate case file: <c>cease</c>, <c>attorney</c>, <c>bankruptcy</c>, <c>opted-out:sms</c> …; with the instant from which each holds.</summary>
    public IReadOnlyList<ProfileFlag> Flags { get; init => field = value ?? []; } = [];

    /// <summary>Addresses and media the borrower opted out of.</summary>
    public IReadOnlyList<OptOut> OptOuts { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Consent> Consents { get; init => field = value ?? []; } = [];

    /// <summary>Times and places the borrower asked not to be contacted at, local to the borrower.</summary>
    public IReadOnlyList<BlockedTime> Preferences { get; init => field = value ?? []; } = [];

    /// <summary>When the preferences were stated: older ones that arrive late do not replace them.</summary>
    public DateTimeOffset? PreferencesAt { get; init; }
}

/// <summary>A circumstance that restricts or permits contact. Names as in the contract; <see cref="Until"/> null: until lifted. It holds from <see cref="From"/> on and ends before <see cref="Until"/>; <see cref="Reference"/> tells several of one name apart (complaints); <see cref="Address"/> null: it is not about one address.</summary>
public sealed record ProfileFlag(string Name, DateTimeOffset From, DateTimeOffset? Until = null, string? DebtId = null, string? Reference = null, string? Address = null)
{
    /// <summary>Whether it is about an address: a flag about none is about each.</summary>
    public bool IsAbout(string? address) => Address is null || Address == address;
}

/// <summary>An opt-out from one medium; <paramref name="Address"/> null: every address of it.</summary>
public sealed record OptOut(Channel Channel, string? Address, DateTimeOffset At);

/// <summary>A consent; on the channel <see cref="Channel.Phone"/> it is a call the consumer asked for.</summary>
public sealed record Consent(Channel Channel, string? Address, DateTimeOffset At);

/// <summary>A time, medium or place the borrower named as inconvenient; an empty field restricts nothing.</summary>
/// <param name="Days">Days of the week; null: every day.</param>
/// <param name="From">Local time from which it is blocked, inside; null: the start of the day.</param>
/// <param name="To">Local time until which it is blocked, outside; earlier than <paramref name="From"/>: past midnight; null: the end of the day.</param>
/// <param name="Until">Last local date on which it holds; null: for ever.</param>
public sealed record BlockedTime(
    IReadOnlyList<DayOfWeek>? Days, TimeOnly? From, TimeOnly? To, Channel? Channel, Place? Place, DateOnly? Until);

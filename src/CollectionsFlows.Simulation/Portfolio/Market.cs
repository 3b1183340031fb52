namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Where invented borrowers live.</summary>
/// <param name="Jurisdiction">E.g. <c>US-MA</c>.</param>
/// <param name="Weight">How many of 100 loans.</param>
/// <param name="Country">Decides language, currency and the size of amounts.</param>
/// <param name="Zones">Its time zones and their telephone area codes.</param>
internal sealed record Market(string Jurisdiction, int Weight, Country Country, IReadOnlyList<Zone> Zones)
{
    public static readonly IReadOnlyList<Market> All =
    [
        new("CN", 40, Country.China, [new("Asia/Shanghai", [])]),
        new("US", 36, Country.UnitedStates,
        [
            new("America/New_York", ["212", "215", "404", "704"]),
            new("America/Chicago", ["312", "214", "713", "612"]),
            new("America/Denver", ["303", "505", "801", "406"]),
            new("America/Phoenix", ["602", "520", "480", "623"]),
            new("America/Los_Angeles", ["213", "415", "503", "702"]),
        ]),
        new("US-MA", 12, Country.UnitedStates, [new("America/New_York", ["617", "508", "413", "978"])]),
        new("US-WA", 12, Country.UnitedStates, [new("America/Los_Angeles", ["206", "253", "360", "509"])]),
    ];
}

/// <summary>A time zone and the area codes of numbers in it.</summary>
internal sealed record Zone(string Name, IReadOnlyList<string> AreaCodes);

/// <summary>What is the same in all markets of a country.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Scale">Limits and incomes are whole multiples of it, so that both currencies buy about the same.</param>
internal sealed record Country(string Language, string Currency, int Scale)
{
    public static readonly Country China = new("zh-CN", "CNY", 100);
    public static readonly Country UnitedStates = new("en-US", "USD", 50);

    /// <summary>A name nobody can take for a person's.</summary>
    public string NameOf(int borrower) => this == China ? $"示例借款人{borrower:0000}" : $"Borrower {borrower:0000}";

    /// <summary>An E.164 number that reaches nobody.</summary>
    /// <remarks>
    /// United States: 555-0100 to 555-0199 of real area codes, reserved for fiction; with more than 400 borrowers in a zone they repeat.
    /// China reserves none: a Beijing number (area code 10) whose subscriber part begins with 0, which its numbering plan cannot
    /// assign, for 0 is the trunk prefix.
    /// </remarks>
    public string PhoneOf(int borrowerOfZone, Zone zone) => this == China
        ? $"+86100{borrowerOfZone % 10_000_000:0000000}"
        : $"+1{zone.AreaCodes[borrowerOfZone / 100 % zone.AreaCodes.Count]}55501{borrowerOfZone % 100:00}";
}

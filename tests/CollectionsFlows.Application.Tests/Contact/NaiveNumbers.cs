namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>The numbers of regulation.md as the naive checker keeps them, and as a lender may have changed some.</summary>
internal sealed record NaiveNumbers
{
    public static readonly NaiveNumbers Regulation = new();

    public string HouseOpens { get; init; } = "09:00";

    public string HouseCloses { get; init; } = "21:00";

    public int ChineseCallsADay { get; init; } = 3;

    public int FederalCallsAWeek { get; init; } = 7;

    public int FreshDays { get; init; } = 60;

    public int WashingtonAWeek { get; init; } = 3;

    public int AustraliaAWeek { get; init; } = 3;
}

using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>US-REGF-LOCATION: every zone the borrower may plausibly be in.</summary>
public sealed class BorrowerZonesTests
{
    [Theory]
    [InlineData("Asia/Tokyo", "US", "+12125550100", "Asia/Tokyo")] // stated: believed
    [InlineData("", "CN", "", "Asia/Shanghai")]
    [InlineData("", "GB", "", "Europe/London")]
    [InlineData("", "IN", "", "Asia/Kolkata")]
    [InlineData("", "GB", "+447700900100", "Europe/London")]
    [InlineData("", "US", "+13125550100", "America/Chicago")]
    [InlineData("", "US", "+12125550100", "America/New_York")]
    [InlineData("", "US-MA", "", "America/New_York")]
    [InlineData("", "US-WA", "+12065550100", "America/Los_Angeles")]
    [InlineData("", "US-WA", "+12125550100", "America/Los_Angeles America/New_York")] // conflict: both
    [InlineData("", "US", "+12125550100;+12065550100", "America/New_York America/Los_Angeles")]
    [InlineData("", "US-FL", "+18505550100", "America/New_York America/Chicago")] // 850 lies in two zones
    [InlineData("", "US-FL", "+13055550100", "America/New_York")]
    [InlineData("", "US-TX", "+19155550100", "America/Denver")] // El Paso
    [InlineData("", "US-AZ", "+16025550100", "America/Phoenix")]
    [InlineData("", "CN", "+12125550100", "Asia/Shanghai America/New_York")]
    [InlineData("", "AU", "+61255501234", "Australia/Sydney")]
    [InlineData("", "AU-WA", "", "Australia/Perth")]
    [InlineData("", "EU", "+33199001234", "Europe/Paris")]
    [InlineData("", "US-PR", "+17875550100", "America/Puerto_Rico")]
    [InlineData("", "XZ", "", "")]
    public void stated_else_phone_and_jurisdiction(string stated, string jurisdiction, string phones, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), BorrowerZones.Of(stated, jurisdiction, phones.Split(';', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("")]
    [InlineData("+18005550100")] // free-phone: tells nothing
    public void an_american_who_cannot_be_placed_may_be_anywhere_from_new_york_to_honolulu(string phone)
    {
        var zones = BorrowerZones.Of("", "US", phone.Length == 0 ? [] : [phone]);
        foreach (var zone in new[] { "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu" })
            Assert.Contains(zone, zones);
    }

    [Fact]
    public void an_australian_mobile_may_be_anywhere_in_australia() => Assert.Contains("Australia/Perth", BorrowerZones.Of("", "AU", ["+61491570100"]));

    [Fact]
    public void every_zone_of_the_tables_exists()
    {
        var phones = Enumerable.Range(1, 999).Select(code => $"+{code}0000000").Concat(Enumerable.Range(200, 800).Select(area => $"+1{area}5550100"));
        var countries = from first in Enumerable.Range('A', 26) from second in Enumerable.Range('A', 26) select $"{(char)first}{(char)second}";
        var zones = phones.SelectMany(phone => BorrowerZones.Of("", "ZZ", [phone])).Concat(countries.SelectMany(country => BorrowerZones.Of("", country, []))).Distinct().ToList();
        Assert.True(zones.Count > 200);
        Assert.All(zones, zone => Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), zone));
    }
}

using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

public class PackCatalogueTests
{
    private static string Pack(string id, string rules) => $$"""{"id":"{{id}}","title":"Ours","version":2,"supersedes":"{{id}}@1","asOf":"2026-05-01","rules":[{{rules}}]}""";

    private static string SevenIn7(int limit, string more = "") =>
        $$"""{"$type":"calls-per-debt","id":"US-REGF-7IN7","title":"t","source":"s","binds":"collector","limit":{{limit}},"window":{"unit":"local-days","length":7},"requestedDays":7{{more}}}""";

    private static Verdict JudgeCall(PackCatalogue catalogue, params PastContact[] history) =>
        ContactGate.Judge(To("US", Channel.Phone, NewYork), history, ContactProfile.Empty, catalogue.Packs, At("2026-03-03T12:00:00-05:00"));

    [Fact]
    public void the_packs_come_in_the_order_of_citation_with_title_source_date_and_status()
    {
        Assert.Equal(["common", "CN", "US", "US-MA", "US-WA", "GB", "EU", "IN", "AU", "house"], PackCatalogue.Shipped().Packs.Select(pack => pack.Id));
        Assert.All(PackCatalogue.Shipped().Packs, pack => Assert.True(pack is { AsOf: not null, Source.Length: > 0 }));
        Assert.All(PackCatalogue.Shipped().Packs.SelectMany(pack => pack.Rules), rule => Assert.True(rule is { Title.Length: > 0, Source.Length: > 0 }));
        Assert.Equal(RuleStatus.Secondary, PackCatalogue.Shipped().Packs[1].Rules[0].Status); // CN-NIGHT
    }

    [Fact]
    public void a_lender_may_tighten_a_number_freely()
    {
        var catalogue = PackCatalogue.Shipped().With(Pack("US", SevenIn7(1)));
        var verdict = JudgeCall(catalogue, Past("2026-03-02T12:00:00-05:00"));
        Assert.Contains("US-REGF-7IN7", verdict.Citations);
        Assert.Empty(verdict.Overrides);
        Assert.Equal(PackCatalogue.Shipped().Packs[2].Rules.Count, catalogue.Packs[2].Rules.Count);
    }

    [Fact]
    public void a_statutory_number_is_loosened_only_by_name_and_seen_in_every_verdict()
    {
        var refusal = Assert.Throws<FormatException>(() => PackCatalogue.Shipped().With(Pack("US", SevenIn7(9))));
        Assert.Contains("US-REGF-7IN7", refusal.Message, StringComparison.Ordinal);
        var catalogue = PackCatalogue.Shipped().With(Pack("US", SevenIn7(9, ",\"override\":{\"by\":\"A. Example\",\"reason\":\"pilot\"}")));
        Assert.Equal(["US-REGF-7IN7"], JudgeCall(catalogue).Overrides);
        Assert.Throws<FormatException>(() => PackCatalogue.Shipped().With(Pack("US", SevenIn7(9, ",\"override\":{\"by\":\" \",\"reason\":\"pilot\"}"))));
    }

    [Fact]
    public void every_loosened_rule_is_named_at_once()
    {
        const string Hours = """{"$type":"local-hours","id":"US-REGF-HOURS","title":"t","source":"s","binds":"collector","zones":"any","weekdays":{"from":"07:00:00","to":"21:00:00"}}""";
        var refusal = Assert.Throws<FormatException>(() => PackCatalogue.Shipped().With(Pack("US", SevenIn7(9) + "," + Hours)));
        Assert.Contains("US-REGF-7IN7", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("US-REGF-HOURS", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_rule_of_the_lender_takes_the_place_of_the_one_it_supersedes()
    {
        const string Own = """{"$type":"visit","id":"OUR-VISITS","title":"t","source":"s","minPersons":3,"supersedes":["VISIT-TWO"]}""";
        var rules = PackCatalogue.Shipped().With(Pack("common", Own)).Packs[0].Rules;
        Assert.Contains(rules, rule => rule.Id == "OUR-VISITS");
        Assert.DoesNotContain(rules, rule => rule.Id == "VISIT-TWO");
        Assert.Throws<FormatException>(() => PackCatalogue.Shipped().With(Pack("common", Own.Replace("VISIT-TWO", "NO-SUCH", StringComparison.Ordinal))));
    }

    [Fact]
    public void the_house_may_change_its_own_rules_as_it_likes()
    {
        const string Late = """{"$type":"rest-after-phone-days","id":"HOUSE-3ON-2OFF","title":"t","source":"s","runDays":5,"restDays":1}""";
        Assert.Equal(3, PackCatalogue.Shipped().With(Pack("house", Late)).Packs[^1].Rules.Count);
    }

    [Theory]
    [InlineData("EU", "DE", true)]
    [InlineData("EU", "EU-DE", true)]
    [InlineData("EU", "FR-75", true)]
    [InlineData("EU", "GB", false)]
    [InlineData("EU", "US", false)]
    [InlineData("US", "US-MA", true)]
    [InlineData("US", "USA", false)]
    public void a_country_of_the_union_is_bound_by_its_rules(string whole, string part, bool covers) => Assert.Equal(covers, JurisdictionPack.Covers(whole, part));

    [Theory]
    [InlineData("nonsense", "Not a pack")]
    [InlineData("""{"id":"US"}""", "Not a pack")]
    [InlineData("""{"id":"US","title":"t","version":1,"rules":[{"$type":"no-such","id":"X","title":"t","source":"s"}]}""", "Not a pack")]
    [InlineData("""{"id":"US","title":"t","version":1,"rules":[{"id":"X","title":"t","source":"s"}]}""", "Not a pack")]
    [InlineData("""{"id":"US","title":"t","version":1,"rules":[{"$type":"visit","id":"X","title":"t","source":"s","minPersons":2,"minPerson":3}]}""", "Not a pack")]
    [InlineData("""{"id":"US","title":"t","version":1,"rules":[{"$type":"local-hours","id":"X","title":"t","source":"s","calendars":{"US":"mars"}}]}""", "Rule 'X' names the unknown calendar 'mars'.")]
    public void a_bad_pack_is_refused(string pack, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => PackCatalogue.Parse([pack], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":"x","title":"t","source":"s"}""")]
    [InlineData("""{"id":"x","title":"t","source":"s","years":[{"year":2026,"source":"s","holidays":["2025-01-01"],"workdays":[]}]}""")]
    [InlineData("""{"id":"x","title":"t","source":"s","years":[{"year":2026,"source":"s","holidays":["2026-02-30"],"workdays":[]}]}""")]
    [InlineData("""{"id":"x","title":"t","source":"s","years":[{"year":2026,"source":"s","holidays":["2026-01-03/2026-01-01"],"workdays":[]}]}""")]
    [InlineData("""{"id":"x","title":"t","source":"s","holidays":[{"name":"someday"}]}""")]
    public void a_bad_calendar_is_refused(string calendar) => Assert.Throws<FormatException>(() => PackCatalogue.Parse([], [calendar]));

    [Theory]
    [InlineData("us-federal", "2026-07-03", DayKind.Holiday)] // 4 July is a Saturday
    [InlineData("us-federal", "2020-06-19", DayKind.Working)] // before Juneteenth was a holiday
    [InlineData("us-federal", "2016-11-24", DayKind.Holiday)] // Thanksgiving
    [InlineData("gb-england-wales", "2026-12-28", DayKind.Holiday)] // for Boxing Day on Saturday
    [InlineData("gb-england-wales", "2025-04-21", DayKind.Holiday)]
    [InlineData("au-national", "2025-01-27", DayKind.Holiday)] // for Australia Day on Sunday
    [InlineData("in-national", "2026-11-24", DayKind.Holiday)]
    [InlineData("eu-target", "2026-04-06", DayKind.Holiday)]
    [InlineData("eu-target", "2027-03-26", DayKind.Holiday)] // Good Friday: Easter Sunday is 28 March
    [InlineData("gb-england-wales", "2027-05-31", DayKind.Holiday)] // the last Monday of May
    [InlineData("gb-england-wales", "2027-12-27", DayKind.Holiday)] // for Christmas Day on Saturday
    [InlineData("gb-england-wales", "2027-12-28", DayKind.Holiday)] // for Boxing Day on Sunday
    [InlineData("gb-england-wales", "2027-12-29", DayKind.Working)]
    [InlineData("au-national", "2027-01-26", DayKind.Holiday)]
    [InlineData("au-national", "2027-04-25", DayKind.Holiday)] // Anzac Day on Sunday
    [InlineData("au-national", "2027-04-26", DayKind.Working)] // a substitute in five of the eight only
    [InlineData("au-national", "2027-12-28", DayKind.Holiday)]
    [InlineData("us-federal", "2027-12-24", DayKind.Holiday)] // Christmas Day is a Saturday
    [InlineData("us-federal", "2027-12-31", DayKind.Holiday)] // New Year's Day 2028 is a Saturday
    [InlineData("us-federal", "2027-06-18", DayKind.Holiday)] // Juneteenth is a Saturday
    [InlineData("cn", "2026-02-28", DayKind.Working)]
    public void calendars_know_their_holidays(string calendar, string date, DayKind kind) => Assert.Equal(kind, PackCatalogue.Shipped().Calendars[calendar].Kind(DateOnly.Parse(date)));

    [Theory]
    [InlineData("cn")]
    [InlineData("in-national")]
    public void a_year_that_is_not_decreed_yet_is_not_guessed(string calendar) => Assert.Null(PackCatalogue.Shipped().Calendars[calendar].Kind(new DateOnly(2027, 1, 1)));

    [Fact]
    public void every_calendar_says_its_source_and_when_it_was_read() =>
        Assert.All(PackCatalogue.Shipped().Calendars.Values, calendar => Assert.True(calendar is { AsOf: not null, Source.Length: > 0, Version: > 0 }, calendar.Id));

    [SkippableTheory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    public void the_chinese_calendar_says_what_the_notices_say(int year)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CollectionsFlows.sln")))
            directory = directory.Parent;
        var file = Path.Combine(directory?.Parent?.FullName ?? "", "shared", "data", "cn-holidays", $"{year}.json");
        Skip.IfNot(File.Exists(file), "The holiday data is not there.");
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(file));
        var said = document.RootElement.GetProperty("days").EnumerateArray().ToDictionary(day => DateOnly.Parse(day.GetProperty("date").GetString()!), day => day.GetProperty("isOffDay").GetBoolean());
        for (var date = new DateOnly(year, 1, 1); date.Year == year; date = date.AddDays(1))
        {
            var ordinary = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Working;
            var kind = said.TryGetValue(date, out var off) ? (off ? DayKind.Holiday : DayKind.Working) : ordinary;
            Assert.Equal((date, kind), (date, PackCatalogue.Shipped().Calendars["cn"].Kind(date)!.Value));
        }
    }
}

using System.Reflection;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Tests.Contact;

public class RuleCoverageTests
{
    private static readonly List<RuleAttribute> Tested =
        [.. typeof(RuleCoverageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<RuleAttribute>())];

    // A missing calendar is cited by an id of its own.
    private static IEnumerable<string> Ids =>
        PackCatalogue.Shipped().Packs.SelectMany(pack => pack.Rules).SelectMany(rule => rule is LocalHoursRule { CalendarMissingId: { } id } ? new[] { rule.Id, id } : [rule.Id])
            .Concat(ContentIds).Distinct();

    private static IEnumerable<string> ContentIds => ContentCatalogue.Shipped().Lists.Select(list => list.Rule);

    private static readonly IReadOnlySet<string> Duties =
        PackCatalogue.Shipped().Packs.SelectMany(pack => pack.Rules).OfType<DutyRule>().Select(rule => rule.Id).Except(ContentIds).ToHashSet();

    [Fact]
    public void every_rule_of_a_pack_has_a_test_in_which_it_lets_pass() =>
        Assert.Empty(Ids.Except(Tested.Where(test => !test.Blocks).Select(test => test.Id)));

    [Fact]
    public void every_rule_that_can_block_has_a_test_in_which_it_blocks() =>
        Assert.Empty(Ids.Except(Duties).Except(Tested.Where(test => test.Blocks).Select(test => test.Id)));

    [Fact]
    public void every_rule_named_by_a_test_is_in_a_pack() => Assert.Empty(Tested.Select(test => test.Id).Except(Ids));

    [Fact]
    public void the_table_of_rules_and_tests_names_every_rule()
    {
        // Kept beside the tests for people to read: rule → tests.
        var table = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Contact", "RULES.md"));
        var rows = table.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();
        Assert.Equal(Ids.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void every_rule_of_the_specification_is_shipped()
    {
        string[] specified =
        [
            "HOUSE-HOURS", "CN-NIGHT", "US-REGF-HOURS", "US-REGF-LOCATION", "US-REGF-INCONVENIENT", "US-WA-HOURS", "IN-HOURS", "AU-HOURS", "GB-REASONABLE",
            "HOUSE-3ON-2OFF", "HOUSE-VARY", "CN-CALLS-3", "CN-ATTEMPTS-6", "US-REGF-7IN7", "US-REGF-7AFTER", "US-REGF-CONSENT-CALLS", "US-MA-2IN7", "US-WA-3WEEK", "AU-FREQ",
            "CEASE", "OPT-OUT", "US-REGF-SMS-60", "US-REGF-EMAIL", "ATTORNEY", "EMPLOYER", "THIRD-PARTY", "US-VALIDATION", "US-TIMEBARRED", "US-CREDIT-REPORT", "DISPUTED-PAYMENT",
            "BANKRUPTCY", "DECEASED", "IDENTITY-THEFT", "US-SCRA", "GB-BREATHING", "GB-NOSIA", "GB-DEFAULT-14", "EU-FORBEARANCE", "CN-CARD-PLAN", "CN-CARD-LETTER", "VISIT-TWO",
        ];
        Assert.Empty(specified.Except(Ids));
    }
}

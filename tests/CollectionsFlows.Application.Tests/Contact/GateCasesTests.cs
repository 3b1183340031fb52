using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

public class GateCasesTests
{
    private const string ContractExample = """
        [{"name":"PT+ET mobile, 10:59 ET","now":"2026-03-03T10:59:00-05:00","channel":"sms","direction":"outbound",
         "jurisdiction":"US","creditorRole":"collector","debtId":"D1","borrowerId":"B1","address":"+12125550100","place":"mobile",
         "timeZones":["America/New_York","America/Los_Angeles"],
         "consents":[{"channel":"sms","address":"+12125550100","at":"2026-02-20T12:00:00-05:00"}],
         "preferences":[], "flags":[], "houseRules":false,
         "history":[{"at":"2026-03-01T09:00:00-05:00","channel":"phone","direction":"outbound","outcome":"no-answer","debtIds":["D1"],"address":"+12125550100"}],
         "expect":{"verdict":"defer","rule":"US-REGF-LOCATION","until":"2026-03-03T11:00:00-05:00"}}]
        """;

    private static IReadOnlyList<GateResult> Evaluate(string json) => GateCases.Evaluate(json, PackCatalogue.Shipped().Packs);

    private static GateResult Only(string members, string now = "2026-03-03T12:00:00+08:00") => Assert.Single(Evaluate(
        $$"""[{"name":"n","now":"{{now}}","channel":"phone","jurisdiction":"CN","creditorRole":"creditor","debtId":"D1","timeZones":["Asia/Shanghai"],{{members}}}]"""));

    [Fact]
    public void the_contracts_example_is_judged_as_the_contract_says()
    {
        var result = Assert.Single(Evaluate(ContractExample));
        Assert.Null(result.Mismatch);
        Assert.Equal(
            """{"name":"PT+ET mobile, 10:59 ET","verdict":"defer","rule":"US-REGF-LOCATION","until":"2026-03-03T11:00:00-05:00","citations":["US-REGF-LOCATION"]}""",
            result.ToJsonLine());
    }

    [Fact]
    public void an_allowed_contact_has_no_rule_and_no_instant() =>
        Assert.Equal("""{"name":"n","verdict":"allow","rule":null,"until":null,"citations":[]}""", Only("\"history\":[]").ToJsonLine());

    [Fact]
    public void a_case_that_expects_something_else_says_what_differs() =>
        Assert.Equal(
            "expected verdict forbid, got allow; expected rule CEASE, got none",
            Only("\"expect\":{\"verdict\":\"forbid\",\"rule\":\"CEASE\"}").Mismatch);

    [Theory]
    [InlineData("\"flags\":[\"cease\"]", "CEASE")]
    [InlineData("\"flags\":[\"opted-out:phone\"]", "OPT-OUT")]
    [InlineData("\"flags\":[{\"name\":\"plan-signed\",\"from\":\"2026-03-01T00:00:00+08:00\"}]", "CN-CARD-PLAN")]
    [InlineData("\"preferences\":[{\"days\":[\"Tue\"],\"from\":\"08:00\",\"to\":\"18:00\"}]", "PREFERENCES")]
    [InlineData("\"preferences\":[{\"blocked\":[{\"channel\":\"phone\"}]}]", "PREFERENCES")]
    public void flags_and_preferences_of_a_case_block(string members, string rule) => Assert.Contains(rule, Only(members).Verdict.Citations);

    [Fact]
    public void outcomes_are_written_as_in_the_contract()
    {
        var attempts = string.Join(",", Enumerable.Range(5, 6).Select(hour => $$"""{"at":"2026-03-03T{{hour:00}}:00:00+08:00","channel":"phone","outcome":"no-answer","debtIds":["D1"]}"""));
        Assert.Contains("CN-ATTEMPTS-6", Only($"\"history\":[{attempts}]").Verdict.Citations);
    }

    [Fact]
    public void the_same_text_twice_running_is_seen_in_a_case()
    {
        var json = """[{"now":"2026-03-03T12:00:00+08:00","channel":"sms","jurisdiction":"CN","creditorRole":"creditor","houseRules":true,"timeZones":["Asia/Shanghai"],"text":"Pay!","history":[{"at":"2026-03-02T12:00:00+08:00","channel":"sms","text":"Pay!"}]}]""";
        Assert.Equal("HOUSE-VARY", Assert.Single(Evaluate(json)).Verdict.Rule);
    }

    [Theory]
    [InlineData("[", "line 1: not JSON")]
    [InlineData("{}", "$: expected an array.")]
    [InlineData("[1]", "$[0]: expected an object.")]
    [InlineData("[{}]", "$[0]: expected a member 'channel'.")]
    [InlineData("""[{"channel":"\ud800"}]""", "$[0].channel: expected text")]
    [InlineData("""[{"channel":"fax"}]""", "$[0].channel: expected one of sms, email, phone, visit, letter.")]
    [InlineData("""[{"channel":"1"}]""", "$[0].channel: expected one of")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":"x"}]""", "$[0].timeZones: expected an array.")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"now":"2026-03-03T10:00:00"}]""", "$[0].now: expected an instant with an offset")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"now":"2026-02-30T10:00:00Z"}]""", "$[0].now: expected an instant with an offset")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"now":"9999-12-31T10:00:00Z"}]""", "$[0].now: expected an instant with an offset, from 1900 to 2200")]
    [InlineData("""[{"channel":"phone","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"now":"2026-03-03T10:00:00Z","history":[{"channel":"phone","at":"0001-01-01T00:00:00Z"}]}]""", "$[0].history[0].at: expected an instant with an offset, from 1900 to 2200")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"now":"2026-03-03T10:00:00Z","preferences":[{"until":"9999-12-31"}]}]""", "$[0].preferences[0].until: expected a date from 1900 to 2200")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"history":[{"at":"2026-03-03T10:00:00Z","channel":"phone","outcome":"gone"}]}]""", "$[0].history[0].outcome: expected one of unknown, sent")]
    [InlineData("""[{"channel":"sms","jurisdiction":"US","creditorRole":"creditor","timeZones":["UTC"],"preferences":[{"days":["Noday"]}]}]""", "$[0].preferences[0].days[0]: expected a day of the week")]
    public void a_bad_file_is_refused_with_the_place_and_what_was_expected(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Evaluate(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void an_inbound_contact_is_always_open() => Assert.Equal(VerdictKind.Allow, Only("\"direction\":\"inbound\",\"flags\":[\"cease\"]").Verdict.Kind);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Policies;

public class PolicyFileTests
{
    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();

    private const string Small =
        """
        {
          "name": "small", "version": 1, "title": "Small", "language": "en-US",
          "stages": [{ "name": "early", "team": "phone-team" }],
          "steps": [{ "id": "remind", "stage": "early", "at": { "daysPastDue": 1 }, "do": { "notify": { "channels": ["sms"], "template": "friendly-reminder" } } }]
        }
        """;

    [Fact]
    public void a_small_policy_is_read()
    {
        var check = Check(Small);

        Assert.Empty(check.Errors);
        Assert.Equal("small", check.Policy!.Name);
    }

    [Fact]
    public void shape_type_and_meaning_are_reported_together_each_with_its_path()
    {
        var errors = Check(
            """
            {
              "name": "Wrong Name", "version": "one", "titel": "Typo", "language": "en-US", "stepsAt": "25:00",
              "account": { "buckets": [{ "name": "a", "from": 1, "to": 30 }, { "name": "b", "from": 40 }], "waterfall": { "order": ["penalty", "fees"] } },
              "risk": { "mediumFrom": 70, "highFrom": 60 },
              "stages": [{ "name": "early", "team": "phone-team", "care": 0 }],
              "steps": [
                { "id": "remind", "stage": "erly", "at": { "daysPastDue": 1.5 }, "do": { "notify": { "channels": ["sms", "fax"], "template": "friendly-reminder" } } },
                { "id": "court", "stage": "early", "at": { "after": "nothing", "delayDays": 3 }, "do": { "approval": { "subject": "writeOff" } } },
                { "id": "late", "stage": "early", "at": { "daysPastDue": 60 }, "do": { "notify": { "channels": ["sms"], "template": "no-such-template" } } },
                null
              ]
            }
            """).Errors;

        // Whether step 1 follows a step there is cannot be told: step 3 has no readable id.
        string[] paths =
        [
            "$.version", "$.titel", "$.stepsAt", "$.account.waterfall.order[1]", "$.stages[0].care", "$.steps[0].at.daysPastDue", "$.steps[0].do.notify.channels[1]",
            "$.steps[1].do.approval.subject", "$.steps[3]", "$.title",
            "$.name", "$.account.buckets[1].from", "$.risk", "$.steps[0].stage", "$.steps[2].do.notify.template",
        ];
        Assert.Equal(paths.Order(StringComparer.Ordinal), errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        Assert.All(errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Problem) || string.IsNullOrWhiteSpace(error.Expected)));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 1.5", "$.version", "1.5 is not a whole number")]
    [InlineData("\"version\": 1", "\"version\": 99999999999", "$.version", "99999999999 is not a whole number")]
    [InlineData("\"version\": 1", "\"version\": null", "$.version", "null is not a whole number")]
    [InlineData("\"title\": \"Small\", ", "", "$.title", "'title' is missing")]
    [InlineData("\"version\": 1", "\"version\": 1, \"version\": 2", "$.version", "'version' occurs twice")]
    [InlineData("\"version\": 1", "\"version\": 1, \"Version\": 2", "$.Version", "unknown member 'Version'")]
    [InlineData("\"version\": 1", "\"version\": 1, \"a b\": 2", "$['a b']", "unknown member 'a b'")]
    [InlineData("\"team\": \"phone-team\"", "\"care\": false", "$.stages[0].team", "'team' is missing")]
    [InlineData("[\"sms\"]", "[\"Sms\"]", "$.steps[0].do.notify.channels[0]", "\"Sms\" is not one of sms, email, phone, visit, letter")]
    [InlineData("[\"sms\"]", "[0]", "$.steps[0].do.notify.channels[0]", "0 is not one of sms, email, phone, visit, letter")]
    [InlineData("[\"sms\"]", "\"sms\"", "$.steps[0].do.notify.channels", "\"sms\" is not a list")]
    [InlineData("[\"sms\"]", "[null]", "$.steps[0].do.notify.channels[0]", "null is not one of sms, email, phone, visit, letter")]
    [InlineData("{ \"daysPastDue\": 1 }", "1", "$.steps[0].at", "1 is not an object")]
    [InlineData("\"version\": 1", "\"version\": 1, \"promise\": { \"keptAtLeast\": \"95 %\" }", "$.promise.keptAtLeast", "\"95 %\" is not a number")]
    [InlineData("\"version\": 1", "\"version\": 1, \"entry\": null", "$.entry", "null is not an object")]
    [InlineData("\"version\": 1", "\"version\": 1, \"stepsAt\": \"9:00\"", "$.stepsAt", "\"9:00\" is not a time as HH:mm")]
    public void one_fault_is_one_error(string right, string wrong, string path, string problem)
    {
        var error = Assert.Single(Check(Small.Replace(right, wrong, StringComparison.Ordinal)).Errors);

        Assert.Equal((path, problem), (error.Path, error.Problem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{ \"name\": }")]
    [InlineData("{} {}")]
    [InlineData("{ // comment\n }")]
    public void text_that_is_no_json_is_one_error_with_line_and_byte(string text)
    {
        var error = Assert.Single(Check(text).Errors);

        Assert.Equal("well-formed JSON", error.Expected);
        Assert.StartsWith("line ", error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public void json_that_is_no_object_is_one_error(string text) => Assert.Equal("an object", Assert.Single(Check(text).Errors).Expected);

    [Fact]
    public void a_file_too_deep_is_an_error_and_no_crash() => Assert.NotEmpty(Check(new string('[', 100_000)).Errors);

    [Fact]
    public void bytes_that_are_no_text_are_an_error() => Assert.Equal("JSON in UTF-8", Assert.Single(PolicyFile.Check(new byte[] { (byte)'"', 0xff, (byte)'"' }, Catalogue.Templates).Errors).Expected);

    [Fact]
    public void a_byte_order_mark_is_no_error() => Assert.NotNull(PolicyFile.Check(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Small)).ToArray(), Catalogue.Templates).Policy);

    [Fact]
    public void whatever_is_broken_in_a_policy_the_check_answers_and_never_throws()
    {
        // Every place of a real policy replaced by every kind of value, and taken away.
        JsonNode?[] replacements = [null, true, -1, 0.5, "", new JsonArray(null, 1, "x"), new JsonObject()];
        var text = Catalogue.Find("cn-consumer")!.Text;
        var places = Places(JsonNode.Parse(text)!, []).ToList();
        foreach (var place in places)
        {
            foreach (var replacement in replacements) Answers(Changed(text, place, replacement, remove: false));
            Answers(Changed(text, place, null, remove: true));
        }

        Assert.True(places.Count > 200);
    }

    private static void Answers(string text)
    {
        var check = Check(text);
        Assert.True(check.Policy is null == check.Errors.Count > 0);
        Assert.All(check.Errors, error => Assert.StartsWith("$", error.Path, StringComparison.Ordinal));
        if (check.Policy is { } policy) Assert.Empty(Check(PolicyFile.Write(policy)).Errors);
    }

    private static IEnumerable<object[]> Places(JsonNode node, object[] path) => node switch
    {
        JsonObject members => members.SelectMany(member => new[] { (object[])[.. path, member.Key] }.Concat(member.Value is null ? [] : Places(member.Value, [.. path, member.Key]))),
        JsonArray items => items.SelectMany((item, index) => new[] { (object[])[.. path, index] }.Concat(item is null ? [] : Places(item, [.. path, index]))),
        _ => [],
    };

    private static string Changed(string text, object[] place, JsonNode? replacement, bool remove)
    {
        var root = JsonNode.Parse(text)!;
        var parent = place[..^1].Aggregate(root, (node, key) => key is string name ? node[name]! : node[(int)key]!);
        if (parent is JsonObject members && remove) members.Remove((string)place[^1]);
        else if (parent is JsonObject holder) holder[(string)place[^1]] = replacement?.DeepClone();
        else if (remove) parent.AsArray().RemoveAt((int)place[^1]);
        else parent.AsArray()[(int)place[^1]] = replacement?.DeepClone();
        return root.ToJsonString();
    }

    private static PolicyCheck Check(string text) => PolicyFile.Check(Encoding.UTF8.GetBytes(text), Catalogue.Templates);
}

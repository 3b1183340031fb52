using System.Text;
using System.Text.Json.Nodes;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Policies;

namespace CollectionsFlows.Application.Tests.Policies;

/// <summary>What <c>policy check</c> says about the texts a policy sends.</summary>
public class PolicyContentTests
{
    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();

    public static TheoryData<string> Shipped => [.. Catalogue.All().Select(entry => entry.Policy.Name).Distinct(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Shipped))]
    public void every_shipped_policy_sends_texts_that_may_be_sent(string name) =>
        Assert.Equal([], new PolicyContent(Catalogue.Templates, ContentCatalogue.Shipped()).Check(Catalogue.Find(name)!.Policy).Select(error => error.ToString()).Take(8));

    [Fact]
    public void a_threat_in_a_policys_own_template_is_told_with_its_path()
    {
        var check = Check("first-days", "friendly-reminder", "en-US", "collect", null, ("Pay now or you will be arrested.", 1));
        var error = Assert.Single(check.Errors, error => error.Problem.Contains("CONTENT-FORBIDDEN", StringComparison.Ordinal) && error.Problem.Contains("CN, sms", StringComparison.Ordinal));
        Assert.Equal("$.templates[0].wordings[1]", error.Path);
        Assert.Null(check.Policy);
    }

    [Fact]
    public void a_shortener_in_a_subject_is_told_with_its_path()
    {
        var check = Check("first-days", "friendly-reminder", "en-US", "collect", "Pay at bit.ly/x", ("", 0));
        Assert.Equal(["$.templates[0].subject"], check.Errors.Select(error => error.Path).Distinct());
        Assert.All(check.Errors, error => Assert.StartsWith("CONTENT-SHORTENER", error.Problem, StringComparison.Ordinal));
    }

    [Fact] // CN-CARD-LETTER: the short wording would do as a text, not as a letter.
    public void a_letter_of_a_chinese_policy_needs_all_a_letter_needs()
    {
        var check = Check("cn-consumer", "final-notice-letter", "zh-CN", "collect", "关于您的贷款", ("", 0));
        Assert.All(check.Errors, error => Assert.StartsWith("CN-CARD-LETTER (CN, letter)", error.Problem, StringComparison.Ordinal));
        Assert.Contains(check.Errors, error => error.Problem.EndsWith("does not say the debtor's rights", StringComparison.Ordinal));
    }

    [Fact]
    public void a_policys_own_template_is_checked_like_a_shipped_one()
    {
        var node = Text("first-days");
        node["templates"] = new JsonArray(new JsonObject { ["name"] = "Bad Name", ["language"] = "en-US", ["purpose"] = "collect", ["wordings"] = new JsonArray("{{nobody}}") });
        var paths = Catalogue.CheckWithTexts(Encoding.UTF8.GetBytes(node.ToJsonString())).Errors.Select(error => error.Path).ToList();
        Assert.Contains("$.templates[0].name", paths);
        Assert.Contains("$.templates[0].wordings", paths);
        Assert.Contains("$.templates[0].wordings[0]", paths);
    }

    [Fact] // S2, S13
    public void a_reminder_of_a_promise_asks_for_nothing_new()
    {
        var node = Text("first-days");
        node["promise"] = new JsonObject { ["reminderTemplate"] = "friendly-reminder" };
        var error = Assert.Single(Catalogue.CheckWithTexts(Encoding.UTF8.GetBytes(node.ToJsonString())).Errors);
        Assert.Equal("$.promise.reminderTemplate", error.Path);
    }

    /// <summary>A shipped policy with a template of its own: three sound wordings, one of them with more in it.</summary>
    private static PolicyCheck Check(string policy, string template, string language, string purpose, string? subject, (string Words, int In) more)
    {
        var node = Text(policy);
        string[] wordings =
        [
            .. Enumerable.Range(0, 3).Select(each =>
                $"Wording {each}: {{{{lenderName}}}}, loan {{{{loanId}}}}, {{{{overdue}}}}. {{{{paymentLink}}}} {{{{servicePhone}}}}. {{{{optOut}}}} {(more.In == each ? more.Words : "")}"),
        ];
        var own = new JsonObject { ["name"] = template, ["language"] = language, ["purpose"] = purpose, ["wordings"] = new JsonArray([.. wordings.Select(text => (JsonNode)text)]) };
        if (subject is not null) own["subject"] = subject;
        node["templates"] = new JsonArray(own);
        return Catalogue.CheckWithTexts(Encoding.UTF8.GetBytes(node.ToJsonString()));
    }

    private static JsonObject Text(string policy) => JsonNode.Parse(Catalogue.Find(policy)!.Text)!.AsObject();
}

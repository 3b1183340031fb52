using System.Text;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Policies;

public class ShippedTemplateTests
{
    private static readonly TemplateCatalogue Templates = PolicyCatalogue.Shipped().Templates;

    [Fact]
    public void both_languages_have_the_same_templates() => Assert.Equal(Templates.Names("en-US"), Templates.Names("zh-CN"));

    [Theory]
    [InlineData("opt-out-confirmation", Purpose.Confirmation)]
    [InlineData("plan-missed", Purpose.Care)] // S13: the plan stands; a warning of what it provides for, not a demand for the loan.
    [InlineData("promise-reminder", Purpose.Care)] // S2: a service to somebody who means to pay.
    [InlineData("collector-plan-missed", Purpose.Care)]
    [InlineData("collector-promise-reminder", Purpose.Care)]
    [InlineData("promise-broken", Purpose.Collect)]
    public void the_messages_outside_the_ladder_exist(string name, Purpose purpose) => Assert.Equal(purpose, Templates.Find(name, "zh-CN")!.Purpose);

    [Fact]
    public void english_texts_stay_in_the_cheap_alphabet() =>
        Assert.All(Rendered("en-US"), message => Assert.True(SmsSegments.IsGsm7(message.Text), message.Text));

    [Theory] // A full statement of charges needs more room than a reminder.
    [InlineData("en-US", 2, 3)]
    [InlineData("zh-CN", 3, 4)]
    public void texts_fit_a_few_parts(string language, int parts, int partsOfStatement) => Assert.All(
        Rendered(language).Where(message => !message.Template.EndsWith("-letter", StringComparison.Ordinal) && !Templates.Find(message.Template, language)!.FixedForm), // Those go by e-mail and letter.
        message => Assert.True(message.Segments <= (Templates.Find(message.Template, language)!.ExplainsCharges ? partsOfStatement : parts), $"{message.Segments}: {message.Text}"));

    [Fact] // S14
    public void rendered_wordings_differ_too() => Assert.All(
        Rendered("en-US").Concat(Rendered("zh-CN")).GroupBy(message => (message.Template, message.Language)),
        group => Assert.Equal(group.Count(), group.Select(message => message.Text).Distinct(StringComparer.Ordinal).Count()));

    [Fact] // 12 CFR 1006.18(e)
    public void a_collectors_first_message_says_what_it_is_and_every_later_one_who_it_is()
    {
        Assert.All(Wordings("collector-first-notice"), text => Assert.Contains("attempt to collect a debt and any information obtained will be used for that purpose", text, StringComparison.Ordinal));
        foreach (var name in Templates.Names("en-US").Where(name => name.StartsWith("collector-", StringComparison.Ordinal)))
            Assert.All(Wordings(name), text => Assert.Contains("debt collector", text, StringComparison.Ordinal));
    }

    [Theory] // S9; public shorteners are blocked by carriers
    [InlineData("bit.ly")]
    [InlineData("tinyurl")]
    [InlineData("t.cn")]
    [InlineData("http")]
    [InlineData("arrest")]
    [InlineData("police")]
    [InlineData("jail")]
    [InlineData("your family")]
    [InlineData("your employer")]
    [InlineData("警")]
    [InlineData("坐牢")]
    [InlineData("家人")]
    [InlineData("单位")]
    public void no_text_threatens_or_links_elsewhere(string banned) => Assert.All(
        Templates.All.SelectMany(template => template.Wordings.Append(template.Subject ?? "")),
        text => Assert.DoesNotContain(banned, text, StringComparison.OrdinalIgnoreCase));

    [Fact] // A link that swallows the punctuation after it leads nowhere.
    public void a_payment_link_ends_before_punctuation() => Assert.All(
        Templates.All.SelectMany(template => template.Wordings).Where(text => text.Contains("{{paymentLink}}", StringComparison.Ordinal)),
        text => Assert.Matches(@"\{\{paymentLink\}\}(\s|$)", text));

    [Fact]
    public void every_fault_of_template_files_is_listed_with_file_and_path()
    {
        var check = TemplateFile.Check(
        [
            ("a.json", Encoding.UTF8.GetBytes("""{ "language": "en-US", "templates": [{ "name": "x", "purpose": "confirmation", "wordings": ["{{lenderName}} {{nobody}}", 7], "extra": 1 }] }""")),
            ("b.json", Encoding.UTF8.GetBytes("""{ "language": "en-US", "templates": [{ "name": "x", "purpose": "thanks", "wordings": ["1 {{lenderName}}", "2 {{lenderName}}", "3 {{lenderName}}"] }] }""")),
            ("c.json", Encoding.UTF8.GetBytes("nonsense")),
        ]);

        Assert.Null(check.Catalogue);
        Assert.Equal(
            [
                "a.json:$.templates[0].wordings[1]", "a.json:$.templates[0].extra", "b.json:$.templates[0].purpose", "c.json:$",
                "a.json:$.templates[0].wordings[0]", "b.json:$.templates[0].name",
            ],
            check.Errors.Select(error => $"{error.File}:{error.Path}"));
    }

    private static IReadOnlyList<string> Wordings(string name) => Templates.Find(name, "en-US")!.Wordings;

    private static IEnumerable<RenderedMessage> Rendered(string language) =>
        from template in Templates.All
        where template.Language == language
        from wording in Enumerable.Range(0, template.Wordings.Count)
        select MessageRenderer.Render(template, wording, Channel.Sms, SampleValues(language));

    /// <summary>Values of a usual length.</summary>
    private static IReadOnlyDictionary<string, string> SampleValues(string language)
    {
        var chinese = language == "zh-CN";
        var terms = new LoanTerms
        {
            LoanId = "L-2016-000123",
            BorrowerId = "B-1",
            Product = "personal",
            CreditorRole = CreditorRole.Creditor,
            Jurisdiction = chinese ? "CN" : "US",
            TimeZones = ["America/Chicago"],
            Currency = Currency.Parse(chinese ? "CNY" : "USD"),
            PenaltyAnnualRate = 0.18m,
            Instalments = [new(1, new(2016, 10, 7), 1000m, 20m, 5m)],
        };
        var overdue = new Breakdown(15.04m, 5m, 20m, 1000m);
        var position = new AccountPosition
        {
            AsOf = new(2016, 11, 6),
            Instalments = [new(1, new(2016, 10, 7), overdue, Breakdown.Zero, 30, null)],
            Allocations = [],
            Credit = 0m,
            Paid = 0m,
            Balance = overdue,
            Overdue = overdue,
            DaysPastDue = 30,
            OldestUnpaidDueOn = new(2016, 10, 7),
            PaidOffOn = null,
        };
        var lender = chinese ? new LenderProfile("示例银行", "010-5550-0100", "https://pay.example.com") : new LenderProfile("Example Bank", "312-555-0100", "https://pay.example.com");
        return MessageValues.For(language, lender, chinese ? "张示例" : "Sample Person", terms, new AccountRules(), position, new Payoff(position.AsOf, overdue, 0m, 0m));
    }
}

using System.Text.Json;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Contact.Content;

/// <summary>What a message must say, and to whom it may say it (regulation.md, "Content of a message").</summary>
public class ElementTests
{
    private const string FirstWords = "This is an attempt to collect a debt and any information obtained will be used for that purpose.";

    private static readonly MessageContent Collector = Message.Reminder with { CreditorRole = CreditorRole.Collector };

    private static string[] Rules(MessageContent message) => [.. Message.Judge(message).Select(finding => finding.Rule)];

    [Theory]
    [InlineData("Example Lending: ", "", "CONTENT-SENDER")]
    [InlineData("USD 1,234.50", "a sum", "CONTENT-AMOUNT")]
    [InlineData("USD 1,234.50", "USD 1,234.51", "CONTENT-AMOUNT")]
    [InlineData("https://pay.example.test/loan/L-1", "soon", "CONTENT-PAY")]
    [InlineData("312-555-0100", "us", "CONTENT-SERVICE")]
    [InlineData("Reply STOP to opt out.", "Goodbye.", "OPT-OUT")]
    [Rule("CONTENT-SENDER", blocks: true)]
    [Rule("CONTENT-AMOUNT", blocks: true)]
    [Rule("CONTENT-PAY", blocks: true)]
    [Rule("CONTENT-SERVICE", blocks: true)]
    [Rule("OPT-OUT", blocks: true)]
    public void what_asks_for_money_says_all_it_has_to(string without, string instead, string rule) =>
        Assert.Equal([rule], Rules(Message.Reminder with { Text = Message.Fine.Replace(without, instead, StringComparison.Ordinal) }));

    [Theory] // So that who writes knows what to write.
    [InlineData("Example Lending: ", "Example Lending")]
    [InlineData("USD 1,234.50", "1234.50")]
    [InlineData("https://pay.example.test/loan/L-1", "https://pay.example.test/loan/L-1")]
    [InlineData("312-555-0100", "312-555-0100")]
    public void what_is_missing_is_named_with_the_value_expected(string without, string expected) =>
        Assert.Contains($"({expected})", Assert.Single(Message.Judge(Message.Reminder with { Text = Message.Fine.Replace(without, "soon", StringComparison.Ordinal) })).Expected, StringComparison.Ordinal);

    [Theory] // The same number however it is written.
    [InlineData("USD 1,234.50", "$1234.5")]
    [InlineData("USD 1,234.50", "1234.50.")]
    [InlineData("312-555-0100", "(312) 555 0100")]
    [InlineData("312-555-0100", "by Directive (EU) 2023/2225, article 35, 312-555-0100")]
    [InlineData("Example Lending", "【EXAMPLE　LENDING】")]
    [InlineData("Reply STOP to opt out.", "To opt out call 312-555-0100.")]
    [InlineData("Reply STOP to opt out.", "回复TD退订")]
    [InlineData("https://pay.example.test/loan/L-1", "by bank transfer")]
    [Rule("CONTENT-SENDER", blocks: false)]
    [Rule("CONTENT-AMOUNT", blocks: false)]
    [Rule("CONTENT-PAY", blocks: false)]
    [Rule("CONTENT-SERVICE", blocks: false)]
    public void the_form_of_a_value_makes_no_difference(string without, string instead) =>
        Assert.Empty(Rules(Message.Reminder with { Text = Message.Fine.Replace(without, instead, StringComparison.Ordinal).Replace("Pay: by", "Pay by", StringComparison.Ordinal) }));

    [Fact]
    public void a_letter_needs_no_way_to_opt_out_by_reply() =>
        Assert.Empty(Rules(Message.Reminder with { Channel = Channel.Letter, Text = Message.Fine.Replace("Reply STOP to opt out.", "", StringComparison.Ordinal) }));

    [Theory]
    [InlineData("https://bit.ly/3abc")]
    [InlineData("BIT.LY/3abc")]
    [InlineData("ｂｉｔ．ｌｙ/3abc")]
    [InlineData("点t.cn/A6x")]
    [InlineData("see www.tinyurl.com/x")]
    [InlineData("article 3.5. bit.ly. Now")]
    [Rule("CONTENT-SHORTENER", blocks: true)]
    public void a_public_shortener_is_no_link(string link) => Assert.Equal(["CONTENT-SHORTENER"], Rules(Message.Reminder with { Text = $"{Message.Fine} {link}" }));

    [Theory]
    [InlineData("rabbit.lyon.example.test")]
    [InlineData("https://bit.ly.example.test/x")]
    [InlineData("Cost.Contact us")]
    [Rule("CONTENT-SHORTENER", blocks: false)]
    public void another_host_is_no_shortener(string link) => Assert.Empty(Rules(Message.Reminder with { Text = $"{Message.Fine} {link}" }));

    [Fact] // S14
    public void the_last_sms_is_not_repeated()
    {
        Assert.Equal(["HOUSE-VARY"], Rules(Message.Reminder with { TextSha256 = "aa", PreviousSmsSha256 = "aa" }));
        Assert.Empty(Rules(Message.Reminder with { TextSha256 = "aa", PreviousSmsSha256 = "bb" }));
        Assert.Empty(Rules(Message.Reminder with { TextSha256 = "aa", PreviousSmsSha256 = "aa", Channel = Channel.Email }));
    }

    [Fact] // 12 CFR 1006.18(e)
    [Rule("US-REGF-WORDING", blocks: true)]
    [Rule("US-REGF-WORDING", blocks: false)]
    public void a_collectors_first_message_says_what_it_is_for_and_later_ones_who_writes()
    {
        Assert.Equal(["US-REGF-WORDING", "US-REGF-WORDING"], Rules(Collector with { IsFirst = true }));
        Assert.Empty(Rules(Collector with { IsFirst = true, Text = $"{Message.Fine} {FirstWords}" }));
        // Model form B-1's own words (12 CFR 1006, appendix B) do as well.
        const string ModelForm = "We are trying to collect a debt that you owe. We will use any information you give us to help collect the debt.";
        Assert.Empty(Rules(Collector with { IsFirst = true, Text = $"{Message.Fine} {ModelForm}" }));
        Assert.Equal(["US-REGF-WORDING"], Rules(Collector));
        Assert.Empty(Rules(Collector with { Text = $"{Message.Fine} This message is from a debt collector." }));
        Assert.Empty(Rules(Collector with { Jurisdiction = "GB" }));
        Assert.Empty(Rules(Message.Reminder with { IsFirst = true }));
    }

    [Theory]
    [InlineData(true, "US")]
    [InlineData(false, "US-MA")]
    public void the_product_adds_the_disclosure_that_is_missing_once(bool first, string jurisdiction)
    {
        var message = Collector with { IsFirst = first, Jurisdiction = jurisdiction };
        var text = ContentLint.Completed(message, ContentCatalogue.Shipped());
        Assert.StartsWith(Message.Fine, text, StringComparison.Ordinal);
        Assert.Empty(Rules(message with { Text = text }));
        Assert.Equal(text, ContentLint.Completed(message with { Text = text }, ContentCatalogue.Shipped()));
    }

    [Fact]
    public void a_disclosure_is_made_in_the_language_of_the_message() =>
        Assert.EndsWith("本消息来自催收机构。", ContentLint.Completed(Collector with { Text = "您好" }, ContentCatalogue.Shipped()), StringComparison.Ordinal);

    [Theory] // S2
    [InlineData("Your instalment is overdue.")]
    [InlineData("You must pay by Friday.")]
    [InlineData("Please settle the loan immediately.")]
    [InlineData("您的贷款已逾期。")]
    [InlineData("请尽快还款。")]
    [Rule("CONTENT-CARE", blocks: true)]
    public void care_demands_nothing(string sentence)
    {
        var care = Message.Reminder with { Purpose = Purpose.Care, Text = $"Example Lending: a word about your loan, 312-555-0100. Reply STOP to opt out. {sentence}" };
        Assert.Equal(["CONTENT-CARE"], Rules(care));
        Assert.Equal(["CONTENT-CARE"], Rules(care with { Purpose = Purpose.Confirmation }));
    }

    [Theory]
    [InlineData("Are you in any difficulty? We can move the date.")]
    [InlineData("Nothing is overdue; this is only to ask how you are.")]
    [InlineData("您的账户没有逾期，只想了解近况。")]
    [Rule("CONTENT-CARE", blocks: false)]
    public void care_may_ask_and_offer(string sentence) =>
        Assert.Empty(Rules(Message.Reminder with { Purpose = Purpose.Care, Text = $"Example Lending: {sentence} 312-555-0100. Reply STOP to opt out." }));

    [Fact]
    public void a_demand_while_nothing_is_overdue_comes_too_early() => Assert.Equal(["CONTENT-CARE"], Rules(Message.Reminder with { IsTooEarly = true }));

    [Fact] // 12 CFR 1006.10; GB/T 45251
    [Rule("THIRD-PARTY", blocks: true)]
    public void somebody_else_learns_nothing_of_the_debt()
    {
        var asked = Message.Reminder with { Recipient = Recipient.ThirdParty, Purpose = Purpose.Notice };
        const string Fine = "Example Services: could you tell us how Pat Example can be reached? Call 312-555-0100. Reply STOP to opt out.";
        var expected = asked.Expected with { LenderName = "Example Services" };
        Assert.Empty(Rules(asked with { Text = Fine, Expected = expected }));
        foreach (var leak in new[] { "It is about a loan.", "Pat owes us money.", "The sum is USD 1,234.50.", "关于一笔逾期贷款。", "See https://pay.example.test/loan/L-1" })
            Assert.All(Rules(asked with { Text = $"{Fine} {leak}", Expected = expected }), rule => Assert.Equal("THIRD-PARTY", rule));
        Assert.NotEmpty(Rules(asked with { Text = $"{Fine} It is about a loan.", Expected = expected }));
    }

    [Fact] // 12 CFR 1006.26(b)
    [Rule("US-TIMEBARRED", blocks: true)]
    [Rule("US-TIMEBARRED", blocks: false)]
    public void no_suit_is_threatened_on_a_debt_known_to_be_time_barred()
    {
        var text = $"{Message.Fine} This message is from a debt collector. If we cannot agree, we may file a lawsuit.";
        Assert.Equal(["US-TIMEBARRED"], Rules(Collector with { Text = text, IsTimeBarred = true }).Distinct());
        Assert.Empty(Rules(Collector with { Text = text }));
        Assert.Empty(Rules(Collector with { Text = $"{Message.Fine} This message is from a debt collector. We will not sue you.", IsTimeBarred = true }));
    }

    [Fact] // credit-card measures art. 69
    [Rule("CN-CARD-LETTER", blocks: true)]
    public void a_short_text_is_no_chinese_letter()
    {
        var letter = Message.Reminder with { Channel = Channel.Letter, Jurisdiction = "CN" };
        var missing = Message.Judge(letter).Select(finding => finding.Problem).ToList();
        foreach (var element in new[] { "the name of the debtor", "the legal basis", "the debtor's rights", "the debtor's duties", "how to check the debt", "how to object", "how to give evidence" })
            Assert.Contains($"does not say {element}", missing);
        Assert.Empty(Rules(letter with { Jurisdiction = "US" }));
    }

    [Fact]
    public void every_list_names_its_source_day_and_status() => Assert.All(ContentCatalogue.Shipped().Lists, list =>
    {
        Assert.NotEmpty(list.Source);
        Assert.NotEmpty(list.Title);
        Assert.True(list.AsOf > new DateOnly(2025, 1, 1) && list.Status is "T" or "S");
    });

    [Fact]
    public void a_lender_adds_words_and_takes_none_away()
    {
        const string More = """{"id":"forbidden-en","title":"House words","source":"house","asOf":"2026-03-01","status":"T","rule":"CONTENT-FORBIDDEN","kind":"forbidden","groups":[{"says":"a word the house bans","phrases":["dear debtor"]}]}""";
        var rules = ContentCatalogue.Shipped().With(More);
        Assert.NotEmpty(ContentLint.Check(Message.Reminder with { Text = $"{Message.Fine} Dear Debtor!" }, rules));
        Assert.NotEmpty(ContentLint.Check(Message.Reminder with { Text = $"{Message.Fine} You idiot!" }, rules));
        Assert.Throws<FormatException>(() => rules.With(More.Replace("\"kind\":\"forbidden\"", "\"kind\":\"required\"", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => rules.With(More.Replace("dear debtor", "{dear debtor", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => rules.With("{}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{{{{")]
    [InlineData("\ud83d\ude00\ud83d \udc00\u0000…*|}")]
    public void any_text_can_be_judged(string text) => Assert.NotEmpty(Message.Judge(Message.Reminder with { Text = text, Subject = text }));

    [Fact] // The findings go into answers and logs.
    public void findings_quote_lists_and_not_the_message() => Assert.DoesNotContain(
        "Zebedee", JsonSerializer.Serialize(Message.Judge(Message.Reminder with { Text = "Zebedee is an idiot, Zebedee" }).Select(finding => $"{finding}")), StringComparison.Ordinal);
}

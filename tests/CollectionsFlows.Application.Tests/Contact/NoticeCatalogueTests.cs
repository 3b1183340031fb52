using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Application.Tests.Contact;

public class NoticeCatalogueTests
{
    [Fact] // regulation.md
    public void the_shipped_duties_have_the_numbers_of_the_rules()
    {
        var duties = NoticeCatalogue.Shipped().ToDictionary(duty => duty.Id);

        Assert.Equal(["CN-CARD-PLAN", "EU-FORBEARANCE", "GB-DEFAULT-14", "GB-NOSIA", "US-VALIDATION"], duties.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((BoundRole.Collector, 5, 5, 30), (duties["US-VALIDATION"].Binds, duties["US-VALIDATION"].WithinDays, duties["US-VALIDATION"].Period!.ReceiptDays, duties["US-VALIDATION"].Period!.Days));
        Assert.Equal((2, 14, 6), (duties["GB-NOSIA"].Instalments, duties["GB-NOSIA"].WithinDays, duties["GB-NOSIA"].RepeatMonths));
        Assert.Equal([NoticeStop.Collection, NoticeStop.Enforcement, NoticeStop.Interest], duties["GB-NOSIA"].WhileMissing);
        Assert.Equal((14, 60), (duties["GB-DEFAULT-14"].WaitDays, duties["CN-CARD-PLAN"].PlanMaxMonths));
        Assert.True(duties["EU-FORBEARANCE"].WaitDays > 0);
    }

    [Fact]
    public void the_shipped_calendar_gives_the_dates_of_the_rule() => // Independence Day is kept on Friday 3 July 2026.
        Assert.Equal(
            (new DateOnly(2026, 7, 9), new DateOnly(2026, 8, 8)),
            NoticeCatalogue.Shipped().Single(duty => duty.Id == "US-VALIDATION").Period!.From(new DateOnly(2026, 7, 1)));

    [Fact]
    public void every_duty_is_a_rule_of_its_pack_and_has_a_template_of_a_fixed_form_in_both_languages()
    {
        var templates = PolicyCatalogue.Shipped().Templates;

        Assert.All(NoticeCatalogue.Shipped(), duty =>
        {
            Assert.Contains(PackCatalogue.Shipped().Packs.Single(pack => pack.Id == duty.Jurisdiction).Rules, rule => rule.Id == duty.Id && rule.Status == duty.Status);
            Assert.All(["en-US", "zh-CN"], language => Assert.True(templates.Find(duty.Template, language)!.FixedForm));
        });
    }

    [Fact]
    public void every_policy_read_is_under_the_law_and_none_can_say_otherwise()
    {
        var catalogue = PolicyCatalogue.Shipped();

        Assert.All(catalogue.All(), entry => Assert.Same(NoticeCatalogue.Shipped(), entry.Policy.Notices));
        Assert.DoesNotContain("notices", PolicyFile.Write(catalogue.Find("us-collector")!.Policy), StringComparison.Ordinal);
        var text = catalogue.Find("us-collector")!.Text.Replace("\"entry\":", "\"notices\": [], \"entry\":", StringComparison.Ordinal);
        Assert.Contains(catalogue.Check(System.Text.Encoding.UTF8.GetBytes(text)).Errors, error => error.Path == "$.notices");
    }

    [Theory]
    [InlineData("nonsense", "Not a notice file")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"US","at":"enforcement","waitDays":1,"channels":["email"],"template":"x","task":"x"}]}""", "its file is for GB")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"enforcement","channels":["email"],"template":"x","task":"x"}]}""", "waitDays is missing")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"instalments-unpaid","withinDays":14,"channels":["email"],"template":"x","task":"x"}]}""", "instalments is missing")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"plan-accepted","channels":["email"],"template":"x","task":"x"}]}""", "withinDays is missing")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"plan-accepted","withinDays":-1,"channels":["email"],"template":"x","task":"x"}]}""", "withinDays is out of range")]
    [InlineData("""{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"plan-accepted","withinDays":5,"channels":[],"template":"x","task":"x"}]}""", "no channel")]
    [InlineData("""{"jurisdiction":"US","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"US","at":"first-collection","withinDays":5,"channels":["email"],"template":"x","task":"x","period":{"receiptDays":5,"calendar":"mars","days":30}}]}""", "unknown calendar 'mars'")]
    [InlineData("""{"jurisdiction":"CN","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"CN","at":"first-collection","withinDays":5,"channels":["email"],"template":"x","task":"x","period":{"receiptDays":5,"calendar":"cn","days":30}}]}""", "does not know every year")]
    public void a_wrong_file_is_refused_with_the_reason(string file, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => NoticeCatalogue.Parse([file], PackCatalogue.Shipped().Calendars)).Message, StringComparison.Ordinal);

    [Fact]
    public void a_duty_said_twice_is_refused()
    {
        const string File = """{"jurisdiction":"GB","asOf":"2026-03-01","notices":[{"id":"X","title":"x","source":"x","jurisdiction":"GB","at":"enforcement","waitDays":1,"channels":["email"],"template":"x","task":"x"}]}""";

        Assert.Contains("twice", Assert.Throws<FormatException>(() => NoticeCatalogue.Parse([File, File], PackCatalogue.Shipped().Calendars)).Message, StringComparison.Ordinal);
    }
}

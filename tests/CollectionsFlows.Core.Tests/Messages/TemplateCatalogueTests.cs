using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Core.Tests.Messages;

public class TemplateCatalogueTests
{
    private const string Complete = "{{lenderName}} {{overdue}} {{paymentLink}} {{servicePhone}} {{optOut}}";

    private static readonly MessageTemplate Reminder = new()
    {
        Name = "reminder",
        Language = "en-US",
        Purpose = Purpose.Collect,
        Wordings = [$"one {Complete}", $"two {Complete}", $"three {Complete}"],
    };

    [Fact]
    public void a_complete_template_is_found_by_name_and_language()
    {
        var (catalogue, errors) = TemplateCatalogue.Of([Reminder]);

        Assert.Empty(errors);
        Assert.Same(Reminder, catalogue!.Find("reminder", "en-US"));
        Assert.Same(Reminder, catalogue.Find("reminder", "fr-FR", "en-US"));
        Assert.Same(Reminder, catalogue.Find("reminder", null, "en-US"));
        Assert.Null(catalogue.Find("reminder", "zh-CN"));
    }

    [Theory]
    [InlineData("{{nobody}}", "unknown placeholder 'nobody' at character 5")]
    [InlineData("{{ overdue }}", "unknown placeholder ' overdue ' at character 5")]
    [InlineData("{{overdue", "unbalanced '{' at character 5")]
    [InlineData("overdue}}", "unbalanced '}' at character 12")]
    [InlineData("{overdue}", "unbalanced '{' at character 5")]
    [InlineData("{{{overdue}}", "unbalanced '{' at character 5")]
    [InlineData("{{over{{due}}", "unbalanced '{' at character 5")]
    [InlineData("{{}}", "unknown placeholder '' at character 5")]
    public void a_faulty_placeholder_is_an_error_with_its_position(string fault, string problem) =>
        Assert.Contains(Errors(Reminder with { Wordings = [$"one {fault} {Complete}", .. Reminder.Wordings.Skip(1)] }), error => error.Path == "wordings[0]" && error.Problem == problem);

    [Fact]
    public void a_faulty_subject_is_an_error_too() =>
        Assert.Equal("subject", Assert.Single(Errors(Reminder with { Subject = "{{nobody}}" })).Path);

    [Fact] // S14
    public void two_wordings_are_too_few() =>
        Assert.Contains("at least 3", Assert.Single(Errors(Reminder with { Wordings = [.. Reminder.Wordings.Take(2)] })).Expected, StringComparison.Ordinal);

    [Fact] // S14
    public void wordings_that_differ_only_in_case_and_punctuation_are_the_same() =>
        Assert.Equal("wordings[2]", Assert.Single(Errors(Reminder with { Wordings = [$"one {Complete}", $"two {Complete}", $"ONE! {Complete}"] })).Path);

    [Fact]
    public void a_name_occurs_once_a_language()
    {
        Assert.Equal((1, "name"), Assert.Single(TemplateValidation.Check([Reminder, Reminder]).Select(error => (error.Index, error.Path))));
        Assert.Empty(TemplateValidation.Check([Reminder, Reminder with { Language = "zh-CN" }]));
    }

    [Theory] // S3, S11
    [InlineData("lenderName", "who writes")]
    [InlineData("overdue", "how much")]
    [InlineData("paymentLink", "how to pay")]
    [InlineData("servicePhone", "service")]
    [InlineData("optOut", "how to stop")]
    public void a_message_that_asks_for_money_says_everything(string missing, string says)
    {
        var error = Assert.Single(Errors(Reminder with { Wordings = [.. Reminder.Wordings.Take(2), "three " + Complete.Replace($"{{{{{missing}}}}}", "", StringComparison.Ordinal)] }));

        Assert.Equal("wordings[2]", error.Path);
        Assert.Contains(says, error.Problem, StringComparison.Ordinal);
    }

    [Fact] // S3
    public void a_notice_that_explains_charges_says_how_they_arise() =>
        Assert.Equal(3 * 5, Errors(Reminder with { ExplainsCharges = true }).Count); // Principal, interest, penalty, rate, per day in each of three wordings.

    [Theory] // S2
    [InlineData("overdue")]
    [InlineData("daysPastDue")]
    [InlineData("overduePenalty")]
    [InlineData("penaltyPerDay")]
    [InlineData("payoff")]
    public void care_demands_nothing(string demand)
    {
        const string care = "{{lenderName}} {{servicePhone}} {{optOut}}";
        var template = Reminder with { Name = "care-hello", Purpose = Purpose.Care, Wordings = [$"1 {care}", $"2 {care}", $"3 {care} {{{{{demand}}}}}"] };

        Assert.Contains("demands", Assert.Single(Errors(template)).Problem, StringComparison.Ordinal);
    }

    [Fact] // S2
    public void what_is_named_care_is_care() => Assert.Contains(Errors(Reminder with { Name = "care-reminder" }), error => error.Path == "purpose");

    [Fact] // S2, S13: a reminder of a promise is care by another name, and demands nothing either.
    public void care_by_another_name_demands_nothing_either() => Assert.All(Errors(Reminder with { Purpose = Purpose.Care }), error => Assert.Contains("demands", error.Problem, StringComparison.Ordinal));

    [Fact]
    public void a_confirmation_of_an_opt_out_confirms_and_nothing_else() =>
        Assert.Contains(Errors(Reminder with { Purpose = Purpose.Confirmation }), error => error.Problem == "'overdue' demands");

    [Fact]
    public void with_errors_there_is_no_catalogue() => Assert.Null(TemplateCatalogue.Of([Reminder, Reminder]).Catalogue);

    private static IReadOnlyList<TemplateError> Errors(MessageTemplate template) => TemplateValidation.Check([template]);
}

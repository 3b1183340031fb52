using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Core.Tests.Messages;

public class MessageRendererTests
{
    private static readonly MessageTemplate Template = new()
    {
        Name = "hello",
        Language = "en-US",
        Purpose = Purpose.Notice,
        Subject = "Loan {{loanId}}",
        Wordings = ["{{lenderName}}", "a {{lenderName}} b {{loanId}}", "no placeholder"],
    };

    private static readonly Dictionary<string, string> Values = new() { ["lenderName"] = "Example Bank", ["loanId"] = "L-{{1}}" };

    [Fact]
    public void placeholders_are_filled_and_values_are_not_read_again() =>
        Assert.Equal("a Example Bank b L-{{1}}", MessageRenderer.Render(Template, 1, Channel.Email, Values).Text);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(5, 2)]
    [InlineData(-1, 2)]
    [InlineData(int.MinValue, 1)] // -2147483648 = -715827883 × 3 + 1
    [InlineData(int.MaxValue, 1)]
    public void any_number_chooses_a_wording(int number, int wording) =>
        Assert.Equal(wording, MessageRenderer.Render(Template, number, Channel.Sms, Values).Wording);

    [Fact]
    public void an_sms_has_parts_and_no_subject_an_email_a_subject_and_one_part()
    {
        var values = new Dictionary<string, string>(Values) { ["lenderName"] = new('x', 200) };

        var sms = MessageRenderer.Render(Template, 0, Channel.Sms, values);
        var email = MessageRenderer.Render(Template, 0, Channel.Email, values);

        Assert.Equal((2, null), (sms.Segments, sms.Subject));
        Assert.Equal((1, "Loan L-{{1}}"), (email.Segments, email.Subject));
    }

    [Fact]
    public void a_missing_value_is_a_broken_invariant() =>
        Assert.Throws<KeyNotFoundException>(() => MessageRenderer.Render(Template, 0, Channel.Sms, new Dictionary<string, string>()));
}

using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact.Content;

namespace CollectionsFlows.Application.Tests.Contact.Content;

/// <summary>What may never be said, and what sounds like it and may. The sentences were written from the specification before the lists were.</summary>
public class SentenceTests
{
    public static TheoryData<string> Bad => [.. Sentences("bad-en"), .. Sentences("bad-zh")];

    public static TheoryData<string> Good => [.. Sentences("good-en"), .. Sentences("good-zh")];

    [Fact]
    public void there_are_forty_of_each_kind_in_each_language() =>
        Assert.All(new[] { "bad-en", "good-en", "bad-zh", "good-zh" }, file => Assert.True(Sentences(file).Distinct(StringComparer.Ordinal).Count() >= 40, file));

    [Theory, MemberData(nameof(Bad))]
    [Rule("CONTENT-FORBIDDEN", blocks: true)]
    public void what_insults_threatens_or_deceives_is_found(string sentence) =>
        Assert.Contains(Message.Judge(Message.Reminder with { Text = $"{Message.Fine} {sentence}" }), finding => finding.Rule is "CONTENT-FORBIDDEN" or "THIRD-PARTY");

    [Theory, MemberData(nameof(Good))]
    [Rule("CONTENT-FORBIDDEN", blocks: false)]
    public void what_only_sounds_like_it_is_let_pass(string sentence) => Assert.Empty(Message.Judge(Message.Reminder with { Text = $"{Message.Fine} {sentence}" }));

    private static string[] Sentences(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Contact", "Content", $"{name}.txt"));
}

/// <summary>A message that says all it has to.</summary>
internal static class Message
{
    public const string Fine = "Example Lending: USD 1,234.50 is open on loan L-1. Pay: https://pay.example.test/loan/L-1 Help: 312-555-0100. Reply STOP to opt out.";

    public static readonly MessageContent Reminder = new()
    {
        Text = Fine,
        Channel = Core.Contact.Channel.Sms,
        Purpose = Core.Contact.Purpose.Collect,
        Jurisdiction = "US",
        CreditorRole = Core.Loans.CreditorRole.Creditor,
        Expected = new ExpectedContent("Example Lending", "312-555-0100", "https://pay.example.test/loan/L-1", "Pat Example", [1234.50m]),
    };

    public static IReadOnlyList<ContentFinding> Judge(MessageContent message) => ContentLint.Check(message, ContentCatalogue.Shipped());
}

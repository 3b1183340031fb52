using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Tests.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Telemetry;

/// <summary>Nothing personal leaves by telemetry or by what hosts log of broken cases (S25).</summary>
[Collection(TelemetryAlone.Name)]
public sealed class TelemetryPrivacyTests
{
    private const string Name = "Wilhelmina Inventedname";
    private const string Phone = "+13125550142";
    private const string Email = "wilhelmina.inventedname@example.test";
    private const string Words = "my knee hurts and I cannot pay before Candlemas";

    [Fact]
    public async Task no_name_number_address_or_word_is_told()
    {
        using var listening = new Listening();
        var office = new SendingCase().Office;
        await office.EnrolAsync(SendingCase.Terms(), office.Details(Name, "en-US", (Channel.Sms, Phone), (Channel.Email, Email)), "us-creditor");
        await office.HappensAsync("L-1", "reply.received", $$"""{"channel":"sms","text":"{{Words}}"}""");
        await office.UntilAsync("L-1", "2026-06-20T16:00:00Z");
        var messages = await office.Store.MessagesAsync("B-1", "L-1");
        Assert.NotEmpty(messages);
        Assert.Contains(listening.Activities, each => each.OperationName == "command.run");

        AssertNothingPersonal(listening.Everything(), messages.Select(message => message.Text));
    }

    [Fact]
    public async Task a_carrier_s_error_that_quotes_the_number_and_the_text_is_told_by_nobody()
    {
        using var listening = new Listening();
        var it = new SendingCase();
        var state = await it.EnrolAsync("L-1", (Channel.Sms, Phone));
        var carrier = new Carrier(Channel.Sms, () => throw new HttpRequestException($"could not send '{Words}' to {Phone} ({Name})"));
        await it.Office.Sender(null, carrier).SendAsync(state, SendingCase.Message());

        Assert.Equal("unknown", Assert.Single(listening.Activities, each => each.OperationName == "message.hand-over").GetTagItem("collections.message.status"));
        AssertNothingPersonal(listening.Everything(), [(await it.StoredAsync())!.Text]);
    }

    [Fact]
    public async Task an_error_that_ends_a_case_s_run_is_told_by_its_type_only()
    {
        using var listening = new Listening();
        var it = new SendingCase();
        var state = await it.EnrolAsync("L-1", (Channel.Sms, Phone));
        var breaking = new InterruptedBorrowers(it.Office.Store, _ => throw new InvalidOperationException($"row of {Name}, {Phone}"));
        var commands = new CommandRunner(it.Office.Sender(breaking), it.Office.Dossiers, it.Office.Time);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await commands.RunAsync(state, SendingCase.Message()));

        Assert.Equal(
            ["1 collections.command.kind=send-notification collections.command.outcome=error error.type=InvalidOperationException"],
            listening.Of("collections.commands"));
        AssertNothingPersonal(listening.Everything(), []);
    }

    private static void AssertNothingPersonal(string told, IEnumerable<string> texts)
    {
        string[] personal = [Name, "Wilhelmina", Phone, Phone[1..], "555-0142", "5550142", Email, "inventedname", Words, "knee", .. texts];
        Assert.All(personal, word => Assert.DoesNotContain(word, told, StringComparison.OrdinalIgnoreCase));
    }
}

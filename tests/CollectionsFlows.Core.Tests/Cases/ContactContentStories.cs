using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>What the case makes of a message that an agent wrote.</summary>
public class ContactContentStories
{
    private static readonly DateTimeOffset At = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void what_an_agent_wrote_becomes_a_message_to_send_with_its_hash_and_without_its_words()
    {
        var state = CaseEvolution.Fold([new RecordedFact(1, At, Examples.Facts.OfType<CaseFact.CaseOpened>().First())])!;
        var decision = CaseDecider.Decide(state, new CaseInput("msg-1", At, new CaseEvent.MessageComposed(Channel.Sms, Purpose.Care, "00ff"), "agent one"), APolicy.Ladder, At);

        Assert.Contains(decision.Facts, fact => fact.Fact is CaseFact.InputEntered { By: "agent one", Type: "message.composed" });
        var send = Assert.IsType<CaseCommand.SendNotification>(Assert.Single(decision.State!.Commands).Command);
        Assert.Equal((NoticeNames.AgentMessage, Purpose.Care, "msg-1", "00ff"), (send.Step, send.Purpose, send.MessageId, send.TextSha256));
        Assert.Equal([Channel.Sms], send.Channels);
    }
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>An opt-out is confirmed once, at once, by the medium it came in (OPT-OUT; 47 CFR 64.1200(a)(12)).</summary>
public class OptOutStories
{
    private static CaseStory Overdue() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15");

    private static CaseStory Stops(CaseStory story, Channel channel = Channel.Sms) => story.Happens(new CaseEvent.ReplyReceived(channel, OptOut: true));

    private static IEnumerable<CaseFact.NotificationRequested> Confirmations(CaseStory story) =>
        story.All<CaseFact.NotificationRequested>().Where(asked => asked.Purpose == Purpose.Confirmation);

    [Fact]
    public void an_opt_out_is_confirmed_by_the_same_medium()
    {
        var story = Stops(Overdue(), Channel.Email);

        Assert.Equal([Channel.Email], Assert.Single(Confirmations(story)).Channels);
        Assert.Equal("opt-out-confirmation", story.Last<CaseFact.ContactAttempted>().Attempt.Template);
    }

    [Fact]
    public void another_reply_is_not_confirmed() =>
        Assert.Empty(Confirmations(Overdue().Happens(new CaseEvent.ReplyReceived(Channel.Sms, OptOut: false))));

    [Fact]
    public void what_was_said_aloud_needs_no_message() => Assert.Empty(Confirmations(Stops(Overdue(), Channel.Phone)));

    [Fact]
    public void two_stops_before_the_confirmation_went_out_are_confirmed_once()
    {
        var story = Overdue();
        story.Carrier = _ => null;

        Assert.Single(Confirmations(Stops(Stops(story))));
    }

    [Fact]
    public void a_confirmation_that_cannot_go_out_at_once_never_does()
    {
        var story = Overdue();
        story.Carrier = _ => null;
        Stops(story);
        var pending = story.State.Commands.Single(command => command.Command is CaseCommand.SendNotification { Purpose: Purpose.Confirmation });
        story.Reports(pending, ContactResult.Deferred, story.Now.AddHours(11));

        Assert.DoesNotContain(story.State.Commands, command => command.Command.Id == pending.Command.Id);
        Assert.Equal("an opt-out is confirmed at once or not at all", story.Last<CaseFact.NotificationWithdrawn>().Why);
    }

    [Fact]
    public void a_dispute_right_after_the_stop_leaves_the_confirmation()
    {
        var story = Overdue();
        story.Carrier = _ => null;
        Stops(story).Starts(ExceptionTrack.Dispute);

        Assert.Contains(story.State.Commands, command => command.Command is CaseCommand.SendNotification { Purpose: Purpose.Confirmation });
    }

    [Fact]
    public void a_confirmation_is_no_try_to_reach_somebody()
    {
        var story = Overdue();
        Stops(story);

        Assert.Equal(0, story.State.TriesWithoutAnswer); // the reply answered everything before it
    }

    [Fact]
    public void a_closed_case_writes_to_nobody() => Assert.Empty(Confirmations(Stops(Overdue().Happens(new CaseEvent.LoanWithdrawn("sold")))));
}

using System.Text.Json;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Events about words: replies, opt-outs, hardship, disputes and complaints of borrowers who are behind.</summary>
/// <param name="loanId">The loan.</param>
/// <param name="texts">The borrower's words.</param>
/// <param name="channel">Where the borrower writes; null: nowhere, there is no address.</param>
internal sealed class ContactStories(
    string loanId, StoryTexts texts, Channel? channel, BehaviourAssumptions assumed, SeededStream draw, LocalMoments moments)
{
    private bool disputed;
    private bool complained;

    public IEnumerable<EventDraft> Of(IReadOnlyList<LivedMonth> months)
    {
        var behind = months.Where(month => month.Path.BehindAfter > 0).ToList();
        if (behind.Count > 0 && draw.Happens(assumed.OptedOut) && Reply(behind[0].Path.Opens.AddDays(draw.Between(5, 15)), texts.OptOut) is { } optOut)
            yield return optOut;
        foreach (var month in behind)
        {
            if (month.Hardship is { } hardship) yield return Declared(hardship.From, hardship.Until);
            foreach (var draft in Words(month.Path)) yield return draft;
        }
    }

    private IEnumerable<EventDraft> Words(PathMonth month)
    {
        if (draw.Happens(assumed.Answered) && Reply(month.Opens.AddDays(draw.Between(3, 20)), draw.OneOf(texts.Answers)) is { } answer)
            yield return answer;
        if (!disputed && draw.Happens(assumed.Disputed))
        {
            disputed = true;
            foreach (var draft in Dispute(month.Opens.AddDays(draw.Between(3, 20)))) yield return draft;
        }

        if (!complained && draw.Happens(assumed.Complained))
        {
            complained = true;
            foreach (var draft in Complaint(month.Opens.AddDays(draw.Between(5, 20)))) yield return draft;
        }
    }

    private EventDraft? Reply(DateOnly on, string text) => channel is not { } known ? null : new(moments.On(on), "reply.received", json =>
    {
        json.WriteString("channel", known == Channel.Email ? "email" : "sms");
        json.WriteString("text", text);
    });

    private EventDraft Declared(DateOnly on, DateOnly until)
    {
        var reason = draw.OneOf(texts.Hardships);
        return new(moments.On(on), "hardship.declared", json =>
        {
            json.WriteString("reason", reason);
            json.WriteString("pauseUntil", MoneyStories.Iso(until));
        });
    }

    private IEnumerable<EventDraft> Dispute(DateOnly raisedOn)
    {
        var (written, text) = (draw.Happens(0.5), draw.OneOf(texts.Disputes));
        yield return new(moments.On(raisedOn), "dispute.raised", json =>
        {
            json.WriteBoolean("written", written);
            json.WriteString("text", text);
        });
        var outcome = draw.Happens(assumed.DisputeUpheld) ? "upheld" : "rejected";
        yield return new(moments.On(raisedOn.AddDays(draw.Between(8, 20))), "dispute.resolved", json => json.WriteString("outcome", outcome));
    }

    /// <summary>The closed loop of S21.</summary>
    private IEnumerable<EventDraft> Complaint(DateOnly raisedOn)
    {
        var (id, text) = ($"C-{loanId}", draw.OneOf(texts.Complaints));
        yield return new(moments.On(raisedOn), "complaint.raised", json =>
        {
            json.WriteString("complaintId", id);
            json.WriteString("text", text);
        });
        var on = raisedOn;
        foreach (var step in (string[])["registered", "investigated", "handled", "answered", "archived"])
        {
            on = on.AddDays(draw.Between(1, 5));
            yield return new(moments.On(on), "complaint.advanced", json =>
            {
                json.WriteString("complaintId", id);
                json.WriteString("step", step);
            });
        }
    }
}

using System.Globalization;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>What decides contacts, at any second of day or night: wishes, consents, opt-outs, complaints, stops, replies, and calls that agents report.</summary>
internal sealed class LawfulStories(ImportedLoan loan, IReadOnlyList<string> siblings, string country, SeededStream draw)
{
    private static readonly string[] Outcomes = ["conversation", "no-answer", "no-answer", "voicemail", "busy", "not-in-service", "wrong-party", "refused"];

    private static readonly string[] Wishes =
    [
        """{"days":["Mon","Tue","Wed"],"from":"08:00","to":"13:30"}""", """{"from":"09:00","to":"12:00"}""", """{"days":["Fri"]}""", """{"from":"18:00","to":"10:30"}""",
        """{"channel":"sms"}""", """{"channel":"email","from":"06:00","to":"17:00"}""", """{"from":"09:00","to":"20:00","until":"2026-04-15"}""", """{"days":["Sat","Sun"]},{"from":"10:00","to":"10:01"}""",
    ];

    private readonly string? phone = loan.Borrower.Addresses.FirstOrDefault(address => address.Channel == Channel.Sms)?.Value;
    private readonly string? email = loan.Borrower.Addresses.FirstOrDefault(address => address.Channel == Channel.Email)?.Value;
    private int count;

    public IReadOnlyList<LawfulEvent> Told() => [.. Words().Concat(Stops()).Concat(Calls()).Where(told => told.At < new DateTimeOffset(LawfulPortfolio.Until.ToDateTime(TimeOnly.MinValue), default))];

    private IEnumerable<LawfulEvent> Words()
    {
        for (var day = -3; country == "US" && day < LawfulPortfolio.Days && draw.Happens(0.85); day += 40)
            yield return Event(day, "consent.granted", """{"channel":"sms"}""");
        if (country == "US" && draw.Happens(0.7))
            yield return Event(-2, "consent.granted", email is null ? """{"channel":"email"}""" : $$"""{"channel":"email","address":"{{email}}"}""");
        for (; draw.Happens(0.25);)
            yield return AnyDay("preference.set", $$"""{"blocked":[{{draw.OneOf(Wishes)}}]}""");
        for (; draw.Happens(0.3);)
            yield return AnyDay("reply.received", $$"""{"channel":"{{(draw.Happens(0.7) ? "sms" : "email")}}","text":"Please wait, I am paid on Friday."}""");
        if (draw.Happens(0.06))
        {
            var day = draw.Between(0, 150);
            yield return Event(day, "reply.received", """{"channel":"sms","text":"STOP"}""");
            if (draw.Happens(0.4))
                yield return Event(day + draw.Between(1, 30), "consent.granted", phone is null ? """{"channel":"sms"}""" : $$"""{"channel":"sms","address":"{{phone}}"}""");
        }

        if (draw.Happens(0.05) && email is not null)
            yield return AnyDay("consent.revoked", draw.Happens(0.5) ? """{"channel":"email"}""" : $$"""{"channel":"email","address":"{{email}}"}""");
    }

    private IEnumerable<LawfulEvent> Stops() => Stop(0.03, 0.0, "cease.requested", "", at => $$"""{"receivedAt":"{{at:O}}"}""")
        .Concat(Stop(0.03, 0.5, "bankruptcy.filed", "bankruptcy.ended", at => $$"""{"reportedOn":"{{at:yyyy-MM-dd}}"}"""))
        .Concat(Stop(0.03, 0.6, "attorney.appointed", "attorney.withdrawn", _ => """{"name":"Ms Invented","address":"1 Example Street"}"""))
        .Concat(Stop(0.05, 0.7, "complaint.raised", "complaint.advanced", _ => $$"""{"complaintId":"C2-{{loan.Terms.LoanId}}","text":"too many calls"}""", $$"""{"complaintId":"C2-{{loan.Terms.LoanId}}","step":"archived"}"""))
        .Concat(Stop(0.04, 0.7, "dispute.raised", "dispute.resolved", _ => """{"written":true,"text":"not mine"}""", """{"outcome":"rejected"}"""))
        .Concat(Stop(country == "GB" ? 0.1 : 0.02, 0.2, "breathing-space.started", "breathing-space.ended", at => $$"""{"from":"{{at:yyyy-MM-dd}}","mentalHealth":{{(draw.Happens(0.3) ? "true" : "false")}}}"""))
        .Concat(Stop(0.01, 0.0, "death.reported", "", at => $$"""{"reportedOn":"{{at:yyyy-MM-dd}}"}"""))
        .Concat(Stop(0.02, 0.0, "identity-theft.reported", "", at => $$"""{"reportedOn":"{{at:yyyy-MM-dd}}"}"""));

    private IEnumerable<LawfulEvent> Stop(double often, double ends, string begin, string end, Func<DateTimeOffset, string> data, string endData = "{}")
    {
        if (!draw.Happens(often))
            yield break;
        var day = draw.Between(0, 120);
        var at = Moment(day);
        yield return LawfulEvent.Of(Id(), at, loan.Terms.LoanId, begin, data(at));
        if (draw.Happens(ends))
            yield return Event(day + draw.Between(1, 50), end, endData);
    }

    private IEnumerable<LawfulEvent> Calls()
    {
        for (; draw.Happens(0.75);)
        {
            var day = draw.Between(0, LawfulPortfolio.Days - 5);
            for (var calls = draw.Between(1, 6); calls > 0; calls--)
            {
                var channel = draw.OneOf<string>(["phone", "phone", "phone", "phone", "visit", "letter"]);
                var number = draw.Between(0, 2) switch { 0 when phone is not null && channel == "phone" => $$""","address":"{{phone}}" """, 1 when channel == "phone" => ""","address":"+1 202 555 0199" """, _ => "" };
                var others = siblings.Count > 1 && draw.Happens(0.5) ? $$""","loanIds":[{{string.Join(',', siblings.Select(id => $"\"{id}\""))}}]""" : "";
                var direction = draw.Happens(0.85) ? "outbound" : "inbound";
                yield return Event(day + draw.Between(0, 4), "contact.reported", $$"""{"channel":"{{channel}}","direction":"{{direction}}","outcome":"{{draw.OneOf(Outcomes)}}","by":"Agency Invented"{{number}}{{others}}}""");
            }
        }
    }

    private LawfulEvent AnyDay(string type, string data) => Event(draw.Between(0, LawfulPortfolio.Days - 1), type, data);

    private LawfulEvent Event(int day, string type, string data) => LawfulEvent.Of(Id(), Moment(day), loan.Terms.LoanId, type, data);

    // Any second, odd so that none falls on the minute of a step.
    private DateTimeOffset Moment(int day)
    {
        var utc = new DateTimeOffset(LawfulPortfolio.From.AddDays(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddSeconds((draw.Between(0, 43_199) * 2) + 1);
        return TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(loan.Terms.TimeZones[0]));
    }

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"told-{loan.Terms.LoanId}-{++count}");
}

using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>What "why" says of now is what the journal says when the case runs now: random jurisdictions, roles, days and what the borrower said.</summary>
public class WhyEqualsDispatchTests
{
    private static readonly (string Jurisdiction, CreditorRole Role, string Currency, string Policy, string[] Zones)[] Markets =
    [
        ("CN", CreditorRole.Creditor, "CNY", "cn-consumer", ["Asia/Shanghai"]),
        ("US-MA", CreditorRole.Creditor, "USD", "us-creditor", ["America/New_York"]),
        ("US", CreditorRole.Collector, "USD", "us-collector", ["America/New_York", "America/Los_Angeles"]),
        ("GB", CreditorRole.Creditor, "GBP", "first-days", ["Europe/London"]),
        ("AU", CreditorRole.Creditor, "AUD", "first-days", ["Australia/Sydney"]),
        ("IN", CreditorRole.Creditor, "INR", "first-days", ["Asia/Kolkata"]),
    ];

    private static readonly (string Type, string Data)[] Words =
    [
        ("consent.granted", """{"channel":"sms"}"""),
        ("consent.revoked", """{"channel":"sms"}"""),
        ("consent.revoked", """{"channel":"email"}"""),
        ("preference.set", """{"blocked":[{"days":["Mon","Tue","Wed"],"from":"09:00","to":"18:00"}]}"""),
        ("preference.set", """{"blocked":[{"channel":"email"}]}"""),
        ("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"conversation"}"""),
        ("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"no-answer"}"""),
        ("reply.received", """{"channel":"sms","text":"STOP"}"""),
        ("reply.received", """{"channel":"sms","text":"I am working on it"}"""),
        ("employer", ""), // Nothing is said.
    ];

    [Fact]
    public void the_answer_for_now_is_what_dispatch_records_next()
    {
        var scenarios =
            from market in Gen.Elements(Markets)
            from due in Gen.Choose(0, 27)
            from addresses in Gen.Choose(0, 3)
            from words in Gen.Elements(Words).ListOf(3)
            from days in Gen.Choose(1, 12).ListOf(3)
            select (market, due, addresses, words, days);
        var seen = new HashSet<ContactResult>();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40),
            Prop.ForAll(scenarios.ToArbitrary(), scenario => RunAsync(scenario.market, scenario.due, scenario.addresses, scenario.words, scenario.days, seen).GetAwaiter().GetResult()));
        Assert.Superset(new HashSet<ContactResult> { ContactResult.Sent, ContactResult.Deferred, ContactResult.Forbidden }, seen); // It was about something.
    }

    private static async Task RunAsync(
        (string Jurisdiction, CreditorRole Role, string Currency, string Policy, string[] Zones) market, int due, int addresses, IEnumerable<(string Type, string Data)> words, IEnumerable<int> days, HashSet<ContactResult> seen)
    {
        var office = new Office("2026-02-20T05:00:00Z");
        await EnrolAsync(office, market, new DateOnly(2026, 3, 1).AddDays(due), addresses);
        var reasons = new ContactReasons(office.Store, office.Store, office.Policies, office.Drafts, Outbox.All, office.Time);
        foreach (var ((type, data), wait) in words.Zip(days))
        {
            await LiveAsync(office, reasons, office.Time.GetUtcNow().AddDays(wait), seen);
            if (data.Length > 0)
                await office.HappensAsync("L-1", type, data);
        }

        await LiveAsync(office, reasons, office.Time.GetUtcNow().AddDays(40), seen);
    }

    /// <summary>At each wake the question comes first and the case after it.</summary>
    private static async Task LiveAsync(Office office, ContactReasons reasons, DateTimeOffset until, HashSet<ContactResult> seen)
    {
        while ((await office.Store.LoadAsync("L-1")).NextWake is { } wake && wake <= until)
        {
            office.Time.MoveTo(wake > office.Time.GetUtcNow() ? wake : office.Time.GetUtcNow());
            var why = (await reasons.WhyAsync("L-1", new WhyRequest()))!;
            var before = (await office.StateAsync("L-1")).Sequence;
            await office.RunAsync("L-1");
            var facts = (await office.Store.JournalAsync("L-1", before, 100)).Select(entry => JournalLine.Read(entry.Line).Fact).ToList();
            var first = facts.Select(fact => fact.Fact).OfType<CaseFact.ContactAttempted>().FirstOrDefault()?.Attempt;
            Compare(why.Hypothesis!, first, office.Time.GetUtcNow());
            if (first is not null)
                seen.Add(first.Result);
        }

        office.Time.MoveTo(until);
    }

    private static void Compare(Hypothesis hypothesis, ContactAttempt? recorded, DateTimeOffset now)
    {
        var intended = hypothesis.Intention.Message;
        Assert.True((intended is not null && !(intended.NotBefore > now)) == (recorded is not null), $"intended {intended}, recorded {recorded?.Result}");
        if (recorded is null || intended is null)
            return;
        Assert.Equal(
            (recorded.CommandId, recorded.Template, recorded.Result, recorded.Channel, recorded.Rule),
            (intended.CommandId, intended.Template, intended.Result, intended.Channel, intended.Rule));
        Assert.Equal(recorded.Until, intended.Until);
        if (recorded.Judged is not { } judged)
            return;
        var way = hypothesis.Contacts.Single(contact => contact.Channel == recorded.Channel && contact.Address == judged.Request.Address);
        Assert.Equal(recorded.Citations, way.Citations.Select(citation => citation.Rule.Id));
        Assert.Equal((recorded.Rule, recorded.Until), (way.Rule?.Id, way.Until));
        Assert.Equal(judged.Packs, way.Packs);
        Assert.Equal(judged.History.Count, way.Inputs!.History);
        Assert.Equal(judged.Now, way.Inputs.At);
    }

    private static Task EnrolAsync(
        Office office, (string Jurisdiction, CreditorRole Role, string Currency, string Policy, string[] Zones) market, DateOnly dueOn, int addresses)
    {
        var terms = new LoanTerms
        {
            LoanId = "L-1", BorrowerId = "B-1", Product = "personal", CreditorRole = market.Role, Jurisdiction = market.Jurisdiction, TimeZones = market.Zones,
            Currency = Currency.Parse(market.Currency), PenaltyAnnualRate = 0.1m, Instalments = [new Instalment(1, dueOn, 900m, 20m, 0m)],
        };
        (Channel, string)[] known = [(Channel.Sms, "+1-312-555-0142"), (Channel.Email, "pat@example.test"), (Channel.Sms, "+1-312-555-0143")];
        return office.EnrolAsync(terms, office.Details("Pat Example", "en-US", known[..addresses]), market.Policy);
    }
}

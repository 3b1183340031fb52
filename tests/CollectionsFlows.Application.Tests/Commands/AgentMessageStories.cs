using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>What becomes of what an agent writes, from the desk to the borrower.</summary>
public sealed class AgentMessageStories
{
    // A collector's account in Chicago, thirteen days overdue; the first notice has gone out.
    private static LoanTerms Terms => SendingCase.Terms() with
    {
        CreditorRole = CreditorRole.Collector, Instalments = [new Instalment(1, new DateOnly(2026, 2, 18), 100m, 5m, 0m)],
    };

    private const string Words = "Example Lending here: 105 is open on L-1. Pay: https://pay.example.test/loan/L-1 Help: 400-555-0100. Reply STOP to opt out.";

    private readonly Office office = new("2026-03-03T16:00:00Z");

    [Fact] // US-REGF-INCONVENIENT, comment 6(b)(1)-2
    public async Task a_text_at_eleven_at_night_is_answered_once_and_the_second_answer_waits_for_the_morning()
    {
        await EnrolAsync();
        await office.UntilAsync("L-1", "2026-03-05T05:00:00Z"); // 23:00 in Chicago on the 4th
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"can you send me the payment link?"}""");

        var answer = await SendAsync("m-1", new WrittenMessage(Channel.Sms, Purpose.Collect, Words, null, "asked for the link"));
        Assert.Equal(ContactResult.Sent, answer.Result);
        var second = await SendAsync("m-2", new WrittenMessage(Channel.Sms, Purpose.Collect, Words.Replace("here", "again", StringComparison.Ordinal), null, "one more thing"));
        Assert.Equal(ContactResult.Deferred, second.Result);
        Assert.True(second.Until >= Office.At("2026-03-05T14:00:00Z"), $"{second.Until:O}"); // not before eight in the morning there

        await office.UntilAsync("L-1", "2026-03-05T18:00:00Z");
        Assert.Equal(2, (await office.Store.MessagesAsync("B-1", "L-1")).Count(message => message.Template == NoticeNames.AgentMessage));
        await VerifyAsync();
    }

    [Fact] // 12 CFR 1006.18(e)
    public async Task a_collectors_answer_carries_the_disclosure_that_is_due()
    {
        await EnrolAsync();
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"hello?"}""");
        await SendAsync("m-1", new WrittenMessage(Channel.Sms, Purpose.Collect, Words, null, "answer"));
        await SendAsync("m-2", new WrittenMessage(Channel.Sms, Purpose.Collect, Words.Replace("here", "again", StringComparison.Ordinal), null, "answer"));
        var all = await office.Store.MessagesAsync("B-1", "L-1");
        Assert.Equal(2, all.Count(message => message.Template == NoticeNames.AgentMessage));
        Assert.Contains(all, message => message.Text.Contains("attempt to collect a debt", StringComparison.Ordinal));
        var later = Assert.Single(all, message => message.Text.StartsWith("Example Lending again", StringComparison.Ordinal));
        Assert.EndsWith("This message is from a debt collector.", later.Text, StringComparison.Ordinal);
        Assert.Equal(OutgoingContent.Sha256(later.Text), later.TextSha256);
        await VerifyAsync();
    }

    [Fact] // The text was sound when it was written; it is not any more when it would go out.
    public async Task what_has_become_wrong_by_the_time_it_would_go_out_is_not_sent_and_somebody_is_told()
    {
        await EnrolAsync();
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"hello?"}"""); // in daylight: they text with us
        await office.UntilAsync("L-1", "2026-03-05T05:00:00Z");
        var night = await SendAsync("m-1", new WrittenMessage(Channel.Sms, Purpose.Collect, Words, null, "note"));
        Assert.Equal(ContactResult.Deferred, night.Result);
        await office.HappensAsync("L-1", "payment.posted", """{"paymentId":"P-1","amount":40,"currency":"USD"}"""); // 65 is open now
        await office.UntilAsync("L-1", "2026-03-05T18:00:00Z");

        var last = (await AttemptsAsync()).Last(attempt => attempt.Template == NoticeNames.AgentMessage);
        Assert.Equal((ContactResult.Forbidden, "CONTENT-AMOUNT"), (last.Result, last.Rule));
        Assert.Equal(["CONTENT-AMOUNT"], last.Content!);
        Assert.Contains((await office.StateAsync("L-1")).Tasks, task => task.Kind == "review-message");
        Assert.DoesNotContain(await office.Store.MessagesAsync("B-1", "L-1"), message => message.Template == NoticeNames.AgentMessage);
        await VerifyAsync();
    }

    public static TheoryData<string> Lies => ["no rules", "sent all the same", "another rule", "another text", "no text", "a deferral"];

    [Theory, MemberData(nameof(Lies))] // Each line is hashed anew: it is the verifier's own judgement that must find the lie.
    public async Task a_refused_text_that_is_told_otherwise_does_not_verify(string lie)
    {
        await EnrolAsync();
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"hello?"}""");
        await office.UntilAsync("L-1", "2026-03-05T05:00:00Z");
        await SendAsync("m-1", new WrittenMessage(Channel.Sms, Purpose.Collect, Words, null, "note"));
        await office.HappensAsync("L-1", "payment.posted", """{"paymentId":"P-1","amount":40,"currency":"USD"}""");
        await office.UntilAsync("L-1", "2026-03-05T18:00:00Z");

        var verifier = new JournalVerifier(PackArchive.Shipped());
        var hash = JournalLine.NoPredecessor;
        string? problem = null;
        foreach (var entry in await office.Store.JournalAsync("L-1", 0, 1000))
        {
            var recorded = JournalLine.Read(entry.Line).Fact;
            if (recorded.Fact is CaseFact.ContactAttempted { Attempt: { Content: not null } refused })
                recorded = recorded with { Fact = new CaseFact.ContactAttempted(Told(refused, lie)) };
            var line = JournalLine.Write("L-1", recorded, hash);
            hash = line.Hash;
            if ((problem = verifier.Check(line.Line)) is not null)
                break;
        }

        Assert.NotNull(problem);
    }

    private static ContactAttempt Told(ContactAttempt refused, string lie) => lie switch
    {
        "no rules" => refused with { Content = null },
        "sent all the same" => refused with { Result = ContactResult.Sent },
        "another rule" => refused with { Rule = "OPT-OUT" },
        "another text" => refused with { TextSha256 = new string('0', 64) },
        "no text" => refused with { TextSha256 = null },
        _ => refused with { Judged = refused.Judged! with { Now = refused.Judged.Now.AddHours(-8) } },
    };

    [Fact]
    public async Task words_that_were_erased_are_never_sent()
    {
        await EnrolAsync();
        await office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"hello?"}""");
        await office.UntilAsync("L-1", "2026-03-05T05:00:00Z");
        Assert.Equal(ContactResult.Deferred, (await SendAsync("m-1", new WrittenMessage(Channel.Sms, Purpose.Collect, Words, null, "note"))).Result);
        await office.Store.EraseBorrowerAsync("B-1");
        await office.UntilAsync("L-1", "2026-03-05T18:00:00Z");
        Assert.Equal((ContactResult.Forbidden, ContactDecisions.TextGone), ((await AttemptsAsync())[^1].Result, (await AttemptsAsync())[^1].Rule));
    }

    [Theory]
    [InlineData(null, "one line", "r")]
    [InlineData("Your question", "two\nlines\nReason: not this one", "the borrower\nasked")]
    [InlineData(null, "Subject: of the text itself\nand more", "r")]
    public void the_words_come_back_as_they_were_written(string? subject, string text, string reason)
    {
        var stored = $"{ComposedText.Write(subject, text)}\nReason: {ComposedText.OneLine(reason)}";
        Assert.Equal(new ContentDraft(text, subject, IsComposed: true), ComposedText.Read(stored));
    }

    private async Task EnrolAsync() => await office.EnrolAsync(
        Terms, office.Details("Pat Example", "en-US", (Channel.Sms, SendingCase.Phone), (Channel.Letter, "1 Sample Street, Chicago")), "us-collector");

    private async Task<ContactAttempt> SendAsync(string id, WrittenMessage message)
    {
        var taken = await office.Desk.SendAsync("L-1", id, message, "agent one");
        Assert.True(taken!.Result == Application.Cases.InboxResult.Stored, string.Join("; ", taken.Check?.Findings.Select(finding => finding.ToString()) ?? []));
        await office.RunAsync("L-1");
        return (await AttemptsAsync())[^1];
    }

    private async Task<List<ContactAttempt>> AttemptsAsync() =>
        [.. (await office.Store.JournalAsync("L-1", 0, 1000)).Select(entry => JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt)];

    private async Task VerifyAsync()
    {
        var verifier = new JournalVerifier(PackArchive.Shipped());
        foreach (var entry in await office.Store.JournalAsync("L-1", 0, 1000))
            Assert.Null(verifier.Check(entry.Line));
    }
}

using System.Text;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>A clear refusal: the JSON path and what was expected, all errors at once.</summary>
public sealed class EventErrorsTests
{
    [Theory]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":-5,"currency":"USD"}""", "data.amount: '-5'; expected more than zero")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":0,"currency":"USD"}""", "data.amount: '0'; expected more than zero")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":5.001,"currency":"USD"}""", "data.amount: '5.001' has more than two decimals")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":"5","currency":"USD"}""", "data.amount: a string; expected a number")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":1e40,"currency":"USD"}""", "data.amount: the number is out of range")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":5.5,"currency":"JPY"}""", "data.amount: '5.5' has decimals, JPY has none")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":5,"currency":"XXY"}""", "data.currency: 'XXY' is no ISO 4217 currency")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":5,"currency":"USD","valueOn":"2026-02-30"}""", "data.valueOn: '2026-02-30' is no date")]
    [InlineData("payment.posted", """{"paymentId":7,"amount":5,"currency":"USD"}""", "data.paymentId: a number; expected a string")]
    [InlineData("payment.posted", """{"paymentId":"P-1","amount":5,"currency":"USD","valuOn":"2026-02-03"}""", "data: unknown field 'valuOn'; is 'valueOn' meant?")]
    [InlineData("payment.reversed", """{"paymentId":"P-1","reason":"because"}""", "data.reason: 'because'; expected 'nsf', 'chargeback', 'error'")]
    [InlineData("promise.made", """{"promiseId":"Q-1","amount":5}""", "data.dueOn: missing; expected a date YYYY-MM-DD")]
    [InlineData("plan.accepted", """{"planId":"N-1","confirmation":"oral","instalments":[{"dueOn":"2026-03-01","amount":5}]}""", "data.confirmation: 'oral'; expected 'written', 'electronic'")]
    [InlineData("plan.accepted", """{"planId":"N-1","confirmation":"written","instalments":[]}""", "data.instalments: the list is empty")]
    [InlineData("plan.accepted", """{"planId":"N-1","confirmation":"written","instalments":[{"dueOn":"2026-03-01","amount":5},{"dueOn":"2026-03-01","amount":5}]}""", "data.instalments[1].dueOn: not after")]
    [InlineData("plan.accepted", """{"planId":"N-1","confirmation":"written","instalments":[7]}""", "data.instalments[0]: a number; expected an object")]
    [InlineData("contact.reported", """{"channel":"sms","direction":"outbound","outcome":"busy"}""", "data.channel: 'sms'; expected 'phone', 'visit', 'letter'")]
    [InlineData("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"voicemail","loanIds":"L-2"}""", "data.loanIds: a string; expected a list")]
    [InlineData("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"voicemail","loanIds":["L-2",7]}""", "data.loanIds[1]: a number; expected a string")]
    [InlineData("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"voicemail","loanIds":["L-2",""]}""", "data.loanIds[1]: ")]
    [InlineData("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"sent"}""", "data.outcome: 'sent'; expected 'conversation'")]
    [InlineData("contact.reported", """{"channel":"phone","direction":"outbound","outcome":"busy","persons":-1}""", "data.persons: '-1'; expected a whole number")]
    [InlineData("preference.set", """{"blocked":[{"days":["Monday"]}]}""", "data.blocked[0].days[0]: 'Monday'; expected Mon")]
    [InlineData("preference.set", """{"blocked":[{"from":"24:00"}]}""", "data.blocked[0].from: '24:00' is no time of day")]
    [InlineData("preference.set", """{}""", "data.blocked: missing; expected a list")]
    [InlineData("dispute.raised", """{"written":"yes","text":"x"}""", "data.written: a string; expected true or false")]
    [InlineData("cease.requested", """{"receivedAt":"2026-02-03T10:00:00"}""", "data.receivedAt: '2026-02-03T10:00:00' has no offset")]
    [InlineData("breathing-space.started", """{"from":"2026-03-01","until":"2026-03-01"}""", "data.until: not after 'from'")]
    [InlineData("complaint.advanced", """{"complaintId":"C-1","step":"closed"}""", "data.step: 'closed'; expected 'registered'")]
    [InlineData("task.completed", """{"taskId":"T","outcome":"spoke to his wife!"}""", "data.outcome: 'spoke-to-his-wife!' is no short code")]
    [InlineData("loan.updated", """{"loanId":"L-2"}""", "data.loanId: another loan than the event's loanId")]
    [InlineData("payment.postd", "{}", "type: unknown type 'payment.postd'; is 'payment.posted' meant?")]
    [InlineData("money", "{}", "type: unknown type 'money'; expected a type of the contract's table")]
    [InlineData("promise.cancelled", "[]", "data: a list; expected an object")]
    [InlineData("promise.cancelled", "null", "data: nothing; expected an object")]
    public void bad_data_is_named_with_its_path(string type, string data, string expected)
    {
        Assert.Null(Events.TryRead(Events.Json(type, data), out var errors));
        Assert.Contains(errors, error => error.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "id: missing; expected 1 to 200 printable characters")]
    [InlineData("""{"id":"","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "id: empty; expected 1 to 200 printable characters")]
    [InlineData("""{"id":"e","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "at: missing; expected an instant such as 2026-02-03T10:00:00+08:00")]
    [InlineData("""{"id":"e","at":"2026-02-03","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "at: '2026-02-03' has no offset; expected an instant such as 2026-02-03T10:00:00+08:00")]
    [InlineData("""{"id":"e","at":"1899-12-31T00:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "at: '1899-12-31T00:00:00Z' is out of range; expected a year from 1900 to 2200")]
    [InlineData("""{"id":"e","at":"2026-02-03T25:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "at: '2026-02-03T25:00:00Z' is no instant; expected one such as 2026-02-03T10:00:00+08:00")]
    [InlineData("""{"id":"e","at":"2026-02-03T10:00:00Z","loanId":"L\n1","type":"promise.cancelled","data":{"promiseId":"Q"}}""", "loanId: has a control character; expected printable characters only")]
    [InlineData("""{"id":"e","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"},"dat":1}""", "unknown field 'dat'; is 'data' meant?")]
    [InlineData("""{"id":"e","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q","promiseId":"R"}}""", "data.promiseId: the property appears twice")]
    [InlineData("""{"id":"e","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"\ud800"}}""", "data.promiseId: the string has a broken \\u escape; expected text")]
    [InlineData("[]", "a list; expected an event object")]
    [InlineData("null", "null; expected an event object")]
    public void a_bad_envelope_is_named(string json, string expected)
    {
        Assert.Null(Events.TryRead(json, out var errors));
        Assert.Equal([expected], errors);
    }

    [Fact]
    public void a_contact_is_about_fifty_other_loans_at_most()
    {
        string Contact(int loans) => Events.Json(
            "contact.reported", $$"""{"channel":"phone","direction":"outbound","outcome":"voicemail","loanIds":[{{string.Join(',', Enumerable.Range(2, loans).Select(n => $"\"L-{n}\""))}}]}""");
        Assert.Equal(51, Events.TryRead(Contact(50), out _)!.Borrower!.Contact!.DebtIds.Count);
        Assert.Null(Events.TryRead(Contact(51), out var errors));
        Assert.Equal(["data.loanIds: 51 loans; expected at most 50"], errors);
    }

    [Fact]
    public void all_errors_come_at_once()
    {
        Assert.Null(Events.TryRead("""{"at":"soon","loanId":"","type":"payment.posted","data":{"amount":-1,"currency":"?","extra":1}}""", out var errors));
        Assert.Equal(["at", "data", "data.amount", "data.currency", "data.paymentId", "id", "loanId"], errors.Select(error => error[..error.IndexOf(':', StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public void the_webhook_id_is_the_id_of_an_event_without_one()
    {
        const string body = """{"at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"promise.cancelled","data":{"promiseId":"Q"}}""";
        Assert.Equal("msg_1", Events.TryRead(body, out _, "msg_1")!.Id);
        Assert.Equal("own", Events.TryRead("{\"id\":\"own\"," + body[1..], out _, "msg_1")!.Id);
    }

    [Theory]
    [InlineData("2026-02-03T10:00Z")]
    [InlineData("2026-02-03T10:00:00.1234567Z")]
    [InlineData("2026-02-03T10:00:00.123456789+05:30")]
    [InlineData("2028-02-29T23:59:59-12:00")]
    public void instants_come_in_several_precisions(string at) => Assert.NotNull(Events.TryRead(Events.Json("promise.cancelled", """{"promiseId":"Q"}""", at: at), out _));

    [Fact]
    public void an_events_file_lists_every_bad_line_and_reads_on()
    {
        var good = Events.Json("promise.cancelled", """{"promiseId":"Q"}""");
        byte[] bytes =
        [
            .. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(good), .. "\r\n\r\n{\n"u8, .. Encoding.UTF8.GetBytes(good.Replace("Q", "\\u0000", StringComparison.Ordinal)),
            .. "\n{\"a\":\"\0\"}\n"u8, .. Encoding.UTF8.GetBytes(new string(' ', 1_000_000)), .. "\n\"\xFF\"\n"u8, .. (byte[])[0x22, 0xFF, 0x22, 0x0A], .. Encoding.UTF8.GetBytes(good),
        ];
        using var stream = new MemoryStream(bytes);
        var lines = EventsFile.Read(stream).ToList();
        Assert.Equal([1, 3, 4, 5, 6, 7, 8, 9], lines.Select(line => line.Line));
        Assert.Equal([1, 9], lines.Where(line => line.Event is not null).Select(line => line.Line));
        Assert.All(lines.Where(line => line.Event is null), line => Assert.All(line.Errors, error => Assert.Equal(line.Line, error.Line)));
        Assert.Contains("not valid JSON", lines[1].Errors[0].Problem, StringComparison.Ordinal);
        Assert.Contains("control character", lines[2].Errors[0].Problem, StringComparison.Ordinal);
        Assert.Contains("NUL", lines[3].Errors[0].Problem, StringComparison.Ordinal);
        Assert.Contains("bytes long", lines[4].Errors[0].Problem, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void the_recorded_events_read_without_an_error()
    {
        var path = SharedData.Find("real-events.ndjson");
        Skip.If(path is null, "../shared/data is not there");
        using var stream = File.OpenRead(path!);
        Assert.All(EventsFile.Read(stream), line => Assert.Empty(line.Errors));
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>
/// Translates the message provider's events into the contract's: reports about texts by the command id in their tag, those about e-mails, which have none, by the
/// address they went to and the operation id that was made from the command's; inbound texts by the sender's number.
/// </summary>
internal sealed partial class MessageEvents(IInboundAddressBook addresses)
{
    private const string DeliveryReport = "Microsoft.Communication.SMSDeliveryReportReceived";
    private const string MailDeliveryReport = "Microsoft.Communication.EmailDeliveryReportReceived";
    private const string InboundText = "Microsoft.Communication.SMSReceived";

    /// <summary>The contract's events, and those that change nothing here: other types, messages of other senders, unknown numbers. Nothing is dropped without saying so.</summary>
    public async ValueTask<(IReadOnlyList<OutsideEvent> Read, IReadOnlyList<IgnoredMessageEvent> Ignored)> ReadAsync(
        IReadOnlyList<GridEvent> events, List<InputError> errors, CancellationToken cancellation)
    {
        var read = new List<OutsideEvent>();
        var ignored = new List<IgnoredMessageEvent>();
        foreach (var each in events)
        {
            var found = each.Type switch
            {
                DeliveryReport => ReadReport(each, errors, ignored),
                MailDeliveryReport => await ReadMailReportAsync(each, errors, ignored, cancellation),
                InboundText => await ReadTextAsync(each, errors, ignored, cancellation),
                _ => Ignore(ignored, each, "events of this type change nothing here"),
            };
            read.AddRange(found);
        }

        return (read, ignored);
    }

    private static IReadOnlyList<OutsideEvent> ReadReport(GridEvent report, List<InputError> errors, List<IgnoredMessageEvent> ignored)
    {
        // Command ids are {loanId}:{fact number}; a loan id may hold colons itself.
        var tag = report.Text("tag") ?? "";
        if (CommandId().Match(tag) is not { Success: true } command)
            return Ignore(ignored, report, "its tag is no command id of this product");
        var status = report.Text("deliveryStatus")?.ToUpperInvariant() switch { "DELIVERED" => "delivered", "FAILED" => "failed", _ => null };
        if (status is null)
        {
            errors.Add(new(null, $"{report.Path}.data.deliveryStatus", "expected Delivered or Failed"));
            return [];
        }

        var code = status == "failed" && Code().Match(report.Text("deliveryStatusDetails") ?? "") is { Success: true } digits ? digits.Value : null;
        return Reported(report, command, status, code, errors);
    }

    private async ValueTask<IReadOnlyList<OutsideEvent>> ReadMailReportAsync(
        GridEvent report, List<InputError> errors, List<IgnoredMessageEvent> ignored, CancellationToken cancellation)
    {
        if (report.Text("recipient") is not { Length: > 0 } recipient)
        {
            errors.Add(new(null, $"{report.Path}.data.recipient", "expected the address it went to"));
            return [];
        }

        if (!Guid.TryParse(report.Text("messageId"), out var operation)
            || await addresses.CommandOfAsync(Channel.Email, recipient, operation, cancellation) is not { } commandId
            || CommandId().Match(commandId) is not { Success: true } command)
            return Ignore(ignored, report, "no message of this product went there under its id");
        switch (MailReport.Of(report.Text("status")))
        {
            case null:
                errors.Add(new(null, $"{report.Path}.data.status", MailReport.Expected));
                return [];
            case { Delivered: { } delivered, Code: var code }:
                return Reported(report, command, delivered ? "delivered" : "failed", code, errors);
            default:
                return Ignore(ignored, report, "it went to the members of a mailing list: neither delivered nor failed");
        }
    }

    private static IReadOnlyList<OutsideEvent> Reported(GridEvent report, Match command, string status, string? code, List<InputError> errors) =>
        Translate(report, report.Id, command.Groups["loan"].Value, "delivery.reported", errors, data =>
        {
            data.WriteString("commandId", command.Value);
            data.WriteString("status", status);
            if (code is not null)
                data.WriteString("code", code);
        });

    private async ValueTask<IReadOnlyList<OutsideEvent>> ReadTextAsync(
        GridEvent text, List<InputError> errors, List<IgnoredMessageEvent> ignored, CancellationToken cancellation)
    {
        var from = text.Text("from") ?? "";
        var message = text.Text("message");
        if (from.Length == 0)
            errors.Add(new(null, $"{text.Path}.data.from", "expected the sender's number"));
        if (message is null)
            errors.Add(new(null, $"{text.Path}.data.message", "expected the text"));
        if (from.Length == 0 || message is null)
            return [];

        // The provider writes some numbers without their plus.
        var number = char.IsAsciiDigit(from[0]) ? $"+{from}" : from;
        var loans = await addresses.LoansOfAsync(Channel.Sms, number, cancellation);
        if (loans.Count == 0)
            return Ignore(ignored, text, "no borrower has the number it came from");
        // One event per loan: its id must be the same on a retry, also when loans were added in between.
        return [.. loans.SelectMany(loan => Translate(text, $"{text.Id}#{loan}", loan, "reply.received", errors, data =>
        {
            data.WriteString("channel", "sms");
            data.WriteString("text", message);
            data.WriteString("address", number);
        }))];
    }

    private static IReadOnlyList<OutsideEvent> Translate(
        GridEvent from, string id, string loanId, string type, List<InputError> errors, Action<Utf8JsonWriter> writeData)
    {
        using var json = EventJson.Write(id, GridEvent.Instant(from.Text("receivedTimestamp") ?? from.Text("deliveryAttemptTimestamp")) ?? from.At, loanId, type, writeData);
        var read = EventReader.Read(json.RootElement, id, out var wrong);
        errors.AddRange(wrong.Select(error => JsonPath.Under(from.Path, error)));
        return read is null ? [] : [read];
    }

    private static IReadOnlyList<OutsideEvent> Ignore(List<IgnoredMessageEvent> ignored, GridEvent each, string why)
    {
        ignored.Add(new(each.Id, why));
        return [];
    }

    [GeneratedRegex(@"\A(?<loan>.+):[1-9][0-9]{0,9}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandId();

    // 4004 no such number … 4007 opted out, 5001 and 5002 temporary: the provider puts them into the words of the report.
    [GeneratedRegex(@"(?<![0-9])[45][0-9]{3}(?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}

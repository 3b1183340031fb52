using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>What was said, reached, agreed to and asked for: replies, reported contacts, deliveries, consents, preferences, a demand to cease.</summary>
internal static class ContactEvents
{
    private const int MostLoansOfAContact = 50;

    private static readonly Channel[] AllChannels = Enum.GetValues<Channel>();

    private static readonly Dictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString()[..3], StringComparer.Ordinal);

    public static IReadOnlyList<(string Type, Func<EventEnvelope, UnderstoodEvent> Read)> Kinds { get; } =
    [
        ("reply.received", ReplyReceived),
        ("contact.reported", ContactReported),
        ("delivery.reported", DeliveryReported),
        ("consent.granted", ConsentGranted),
        ("consent.revoked", ConsentRevoked),
        ("preference.set", PreferenceSet),
        ("cease.requested", CeaseRequested),
    ];

    private static UnderstoodEvent ReplyReceived(EventEnvelope received)
    {
        var channel = ChannelOf(received);
        var text = received.Data.Text("text");
        var optOut = OptOutWords.IsOptOut(text); // OPT-OUT
        var address = received.Data.OptionalText("address");
        // START takes a STOP back, for the number it came from and no other.
        var optIn = channel == Channel.Sms && address is not null && !optOut && OptInWords.IsOptIn(text);
        var spoken = channel is Channel.Phone or Channel.Visit;
        var contact = new PastContact(
            received.At, channel, Direction.Inbound, spoken ? ContactOutcome.Conversation : ContactOutcome.Sent, [received.LoanId],
            TextSha256: Sha256(text));
        return new(
            new CaseEvent.ReplyReceived(channel, optOut, contact.TextSha256),
            new() { Text = text, Channel = channel, Address = address, OptsOut = optOut, Consents = optIn, Contact = contact });
    }

    private static UnderstoodEvent ContactReported(EventEnvelope received)
    {
        var data = received.Data;
        var channel = data.Choice("channel", IntakeJson.Default.Channel, Channel.Phone, Channel.Visit, Channel.Letter);
        var direction = data.Choice("direction", IntakeJson.Default.Direction, Direction.Outbound, Direction.Inbound);
        var outcome = data.Choice(
            "outcome", IntakeJson.Default.ContactOutcome, ContactOutcome.Conversation, ContactOutcome.NoAnswer, ContactOutcome.Voicemail,
            ContactOutcome.Busy, ContactOutcome.NotInService, ContactOutcome.WrongParty, ContactOutcome.Refused);
        var with = data.OptionalChoice(
            "recipient", IntakeJson.Default.Recipient, Recipient.Debtor, Recipient.Guarantor, Recipient.Attorney, Recipient.Estate, Recipient.ThirdParty);
        return new(
            new CaseEvent.ContactReported(channel, direction, outcome, data.OptionalCount("persons", 50), with),
            new()
            {
                Channel = channel,
                Address = data.OptionalText("address"),
                Text = data.OptionalText("by") is { } by ? $"by {by}" : null,
                Contact = new(received.At, channel, direction, InTheLedger(channel, outcome), LoansOf(received), Recipient: with),
            });
    }

    /// <summary>
    /// The event's own loan first, then the others of the borrower that the contact was about: an unanswered call counts to the first, a
    /// voicemail that names several to each (1006.14(b)(4)). Only the own loan's case gets the event; an id that is no loan of the borrower's counts nowhere.
    /// </summary>
    private static IReadOnlyList<string> LoansOf(EventEnvelope received)
    {
        var named = received.Data.OptionalStrings("loanIds") ?? [];
        if (named.Count > MostLoansOfAContact)
            received.Data.Report("loanIds", $"{named.Count} loans; expected at most {MostLoansOfAContact}");
        foreach (var (index, id) in named.Index())
            if (FieldChecks.Name(id) is { } problem)
                received.Data.Report($"loanIds[{index}]", problem);
        return [.. named.Prepend(received.LoanId).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A letter is a communication once it is posted; nobody picks it up or is busy. One that came back or went to somebody else is none.</summary>
    private static ContactOutcome InTheLedger(Channel channel, ContactOutcome outcome) => (channel, outcome) switch
    {
        (Channel.Letter, ContactOutcome.Conversation or ContactOutcome.NoAnswer or ContactOutcome.Voicemail or ContactOutcome.Busy) => ContactOutcome.Sent,
        _ => outcome,
    };

    private static UnderstoodEvent DeliveryReported(EventEnvelope received)
    {
        var commandId = received.Data.Id("commandId", 300);
        var delivered = received.Data.Word("status", "delivered", "failed") == "delivered";
        var code = received.Data.OptionalId("code", 60);
        return new(
            new CaseEvent.DeliveryReported(commandId, delivered, code),
            new() { Delivery = new(commandId, delivered, OptedOut: !delivered && CarrierCodes.IsOptOut(code), Blocked: !delivered && CarrierCodes.IsBlock(code)) });
    }

    private static UnderstoodEvent ConsentGranted(EventEnvelope received)
    {
        var channel = ChannelOf(received);
        return new(new CaseEvent.ProfileChanged(received.Type, channel), new() { Channel = channel, Address = received.Data.OptionalText("address"), Consents = true });
    }

    private static UnderstoodEvent ConsentRevoked(EventEnvelope received)
    {
        var channel = ChannelOf(received);
        return new(new CaseEvent.ProfileChanged(received.Type, channel), new() { Channel = channel, Address = received.Data.OptionalText("address"), OptsOut = true });
    }

    private static UnderstoodEvent PreferenceSet(EventEnvelope received)
    {
        var blocked = received.Data.Objects("blocked", atLeastOne: false).Select(ReadBlocked).ToList();
        return new(new CaseEvent.ProfileChanged(received.Type), new() { Preferences = blocked });
    }

    /// <summary>A request to cease holds from its receipt, for every loan of the borrower (CEASE, 1006.6(c)).</summary>
    private static UnderstoodEvent CeaseRequested(EventEnvelope received)
    {
        var receivedAt = received.Data.Instant("receivedAt");
        return new(
            new CaseEvent.ProfileChanged(received.Type),
            new() { FlagsSet = [new("cease", receivedAt < received.At ? receivedAt : received.At)] });
    }

    private static BlockedTime ReadBlocked(EventData blocked)
    {
        var days = blocked.OptionalStrings("days");
        foreach (var (index, day) in (days ?? []).Index().Where(day => !Days.ContainsKey(day.Item)))
            blocked.Report($"days[{index}]", $"{FieldChecks.Shown(day)}; expected Mon, Tue, Wed, Thu, Fri, Sat or Sun");
        if (days is { Count: 0 })
            blocked.Report("days", "the list is empty; leave it out for every day");
        var time = new BlockedTime(
            days is null ? null : [.. days.Where(Days.ContainsKey).Select(day => Days[day]).Distinct()],
            TimeOf(blocked, "from"),
            TimeOf(blocked, "to"),
            blocked.OptionalChoice("channel", IntakeJson.Default.Channel, AllChannels),
            blocked.OptionalChoice("place", IntakeJson.Default.Place, Place.Home, Place.Mobile, Place.Work),
            blocked.OptionalDate("until"));
        if (time.From is { } from && time.To == from)
            blocked.Report("to", "the same as 'from'; leave both out for the whole day");
        blocked.RefuseUnknown();
        return time;
    }

    private static TimeOnly? TimeOf(EventData blocked, string name)
    {
        if (blocked.OptionalText(name) is not { } text)
            return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        blocked.Report(name, $"{FieldChecks.Shown(text)} is no time of day; expected HH:mm from 00:00 to 23:59");
        return null;
    }

    private static Channel ChannelOf(EventEnvelope received) => received.Data.Choice("channel", IntakeJson.Default.Channel, AllChannels);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>What is known of a borrower that the contact rules ask for and no other event tells: circumstances, and where an address is.</summary>
internal static class CircumstanceEvents
{
    /// <summary>The circumstances, each with the medium whose address it may be about; null: it is about the person.</summary>
    private static readonly Dictionary<string, Channel?> Circumstances = new(StringComparer.Ordinal)
    {
        ["employer-prohibits"] = null, // EMPLOYER
        ["night-agreed"] = null, // CN-NIGHT
        ["number-checked"] = Channel.Sms, // US-REGF-SMS-60: clean in the reassigned-numbers database
        ["email-notice"] = Channel.Email, // US-REGF-EMAIL: the creditor announced the address
        ["email-prior-collector"] = Channel.Email, // US-REGF-EMAIL
        ["time-barred"] = null, // US-TIMEBARRED: the limitation period of this debt has run
        ["unreachable"] = null, // THIRD-PARTY
        ["incapacitated"] = null, // THIRD-PARTY
    };

    public static IReadOnlyList<(string Type, Func<EventEnvelope, UnderstoodEvent> Read)> Kinds { get; } =
    [
        ("circumstance.reported", Reported),
        ("circumstance.ended", Ended),
        ("address.placed", Placed),
    ];

    /// <summary>Holds from <c>from</c>, else from the event, until <c>until</c>, else until it is ended.</summary>
    private static UnderstoodEvent Reported(EventEnvelope received)
    {
        var data = received.Data;
        var name = Name(data);
        var channel = Circumstances.GetValueOrDefault(name);
        var address = data.OptionalText("address");
        if (address is not null && channel is null)
            data.Report("address", $"'{name}' is about the person; leave the address out");
        var from = data.Has("from") ? data.Instant("from") : received.At;
        DateTimeOffset? until = data.Has("until") ? data.Instant("until") : null;
        if (until <= from)
            data.Report("until", "not after the beginning; expected the first instant at which it no longer holds");
        return new(new CaseEvent.ProfileChanged(received.Type, channel), new() { FlagsSet = [new(name, from, until, name == OutgoingContent.TimeBarredFlag ? received.LoanId : null)], Channel = channel, Address = address });
    }

    private static UnderstoodEvent Ended(EventEnvelope received)
    {
        var name = Name(received.Data);
        return new(new CaseEvent.ProfileChanged(received.Type, Circumstances.GetValueOrDefault(name)), new() { FlagsLifted = [name] });
    }

    /// <summary>Says whether a number or address of the borrower is at home, mobile or at work; one that is not theirs changes nothing.</summary>
    private static UnderstoodEvent Placed(EventEnvelope received)
    {
        var channel = received.Data.Choice("channel", IntakeJson.Default.Channel, Channel.Sms, Channel.Email, Channel.Phone, Channel.Letter);
        var place = received.Data.Choice("place", IntakeJson.Default.Place, Place.Home, Place.Mobile, Place.Work);
        return new(
            new CaseEvent.ProfileChanged(received.Type, channel),
            new() { Channel = channel, Address = received.Data.Text("address"), Place = place });
    }

    private static string Name(EventData data) => data.Word("circumstance", [.. Circumstances.Keys]);
}

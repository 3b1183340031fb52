using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>
/// What is known of a borrower at an instant, made from what was sent and what happened alone: neither the product's ledger and profile nor the
/// inputs its gate recorded are looked at. Addresses are the numbers themselves. Dates begin and end at midnight in the borrower's first zone.
/// </summary>
internal sealed class IndependentLedger(IReadOnlyList<LawfulEvent> events, IReadOnlyList<SentMessage> sent, BorrowerDetails borrower, string zone)
{
    private static readonly string[] OptOutWords = ["STOP", "退订"];

    private readonly TimeZoneInfo home = TimeZoneInfo.FindSystemTimeZoneById(zone);

    /// <summary>The contacts before a message, or before a try at an instant.</summary>
    public IReadOnlyList<PastContact> History(DateTimeOffset t, SentMessage? before) =>
    [
        .. events.Where(happened => happened.At <= t).Select(Contact).OfType<PastContact>(),
        .. sent.TakeWhile(message => message != before).Where(message => message.At <= t).Select(message => message.Contact),
    ];

    public ContactProfile Profile(DateTimeOffset t)
    {
        var known = events.Where(happened => happened.At <= t).ToList();
        return new()
        {
            Flags = [.. known.SelectMany(happened => Flags(happened, known))],
            OptOuts = [.. known.Select(OptOut).OfType<OptOut>()],
            Consents = [.. known.Where(happened => happened.Type == "consent.granted").Select(happened => new Consent(Channel(happened), Address(happened, Channel(happened)), happened.At))],
            Preferences = [.. known.LastOrDefault(happened => happened.Type == "preference.set")?.List("blocked").Select(Wish) ?? []],
        };
    }

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private PastContact? Contact(LawfulEvent happened)
    {
        if (happened.Type is not ("reply.received" or "contact.reported"))
            return null;
        var channel = Channel(happened);
        // Where no address is given and the borrower has one only, it was that one.
        var address = Address(happened, channel) ?? (borrower.Addresses.Where(known => known.Channel == Stored(channel)).Select(known => known.Value).ToList() is [var only] ? only : null);
        if (happened.Type == "reply.received")
            return new(happened.At, channel, Direction.Inbound, ContactOutcome.Sent, [happened.LoanId], address);
        string[] debts = [happened.LoanId, .. happened.List("loanIds").Select(id => id.GetString()!).Where(id => id != happened.LoanId)];
        return new(happened.At, channel, happened.Text("direction") == "inbound" ? Direction.Inbound : Direction.Outbound, Outcome(happened.Text("outcome")!, channel), debts, address);
    }

    private static ContactOutcome Outcome(string word, Channel channel) => word switch
    {
        "wrong-party" => ContactOutcome.WrongParty,
        "not-in-service" => ContactOutcome.NotInService,
        "refused" => ContactOutcome.Refused,
        _ when channel == Core.Contact.Channel.Letter => ContactOutcome.Sent,
        "conversation" => ContactOutcome.Conversation,
        "no-answer" => ContactOutcome.NoAnswer,
        "voicemail" => ContactOutcome.Voicemail,
        _ => ContactOutcome.Busy,
    };

    private OptOut? OptOut(LawfulEvent happened) => happened.Type switch
    {
        "reply.received" when OptOutWords.Contains(happened.Text("text")) => new(Channel(happened), null, happened.At),
        "consent.revoked" => new(Channel(happened), Address(happened, Channel(happened)), happened.At),
        _ => null,
    };

    private IEnumerable<ProfileFlag> Flags(LawfulEvent begun, List<LawfulEvent> known)
    {
        DateTimeOffset? Ended(string type, string? reference = null) => known
            .Where(ended => ended.Type == type && ended.At >= begun.At && (reference is null || (ended.Text("complaintId") == reference && ended.Text("step") == "archived")))
            .Select(ended => (DateTimeOffset?)ended.At).FirstOrDefault();
        switch (begun.Type)
        {
            case "cease.requested": yield return new("cease", begun.At); break;
            case "bankruptcy.filed": yield return new("bankruptcy", begun.At, Ended("bankruptcy.ended")); break;
            case "attorney.appointed": yield return new("attorney", begun.At, Ended("attorney.withdrawn")); break;
            case "death.reported": yield return new("deceased", begun.At); break;
            case "identity-theft.reported": yield return new("identity-theft", begun.At, null, begun.LoanId); break;
            case "dispute.raised":
                yield return new("disputed", begun.At, known.FirstOrDefault(ended => ended.Type == "dispute.resolved" && ended.LoanId == begun.LoanId && ended.At >= begun.At)?.At, begun.LoanId);
                break;
            case "complaint.raised": yield return new("complaint-open", begun.At, Ended("complaint.advanced", begun.Text("complaintId"))); break;
            case "breathing-space.started":
                var from = Midnight(begun.Text("from")!);
                var told = Ended("breathing-space.ended");
                yield return begun.Is("mentalHealth") ? new("mental-health-crisis", from, told) : new("breathing-space", from, told < from.AddDays(60) ? told : null);
                break;
            // Signed, and certainly not breached before anything is due (CN-CARD-PLAN).
            case "plan.accepted": yield return new("plan-signed", begun.At, begun.List("instalments").Select(part => Midnight(part.GetProperty("dueOn").GetString()!)).Min(), begun.LoanId); break;
        }
    }

    private static BlockedTime Wish(JsonElement wish)
    {
        string? Text(string name) => wish.TryGetProperty(name, out var value) ? value.GetString() : null;
        TimeOnly? Time(string name) => Text(name) is { } text ? TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture) : null;
        IReadOnlyList<DayOfWeek>? days = wish.TryGetProperty("days", out var list) ? [.. list.EnumerateArray().Select(day => Enum.GetValues<DayOfWeek>().Single(known => $"{known}"[..3] == day.GetString()))] : null;
        return new(days, Time("from"), Time("to"), Text("channel") is { } channel ? Parsed(channel) : null, null, Text("until") is { } until ? DateOnly.Parse(until, CultureInfo.InvariantCulture) : null);
    }

    private static Channel Channel(LawfulEvent happened) => Parsed(happened.Text("channel")!);

    private static Channel Parsed(string name) => Enum.Parse<Channel>(name, ignoreCase: true);

    private static Channel Stored(Channel channel) => channel == Core.Contact.Channel.Phone ? Core.Contact.Channel.Sms : channel;

    // Spaces in a number mean nothing.
    private static string? Address(LawfulEvent happened, Channel channel) => happened.Text("address") is { } address ? Stored(channel) == Core.Contact.Channel.Sms ? address.Replace(" ", "") : address : null;

    private DateTimeOffset Midnight(string date)
    {
        var local = DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(local, home.GetUtcOffset(local));
    }
}

/// <summary>A message that left, as it is stored with the borrower.</summary>
internal sealed record SentMessage(StoredMessage Stored, Purpose Purpose)
{
    public DateTimeOffset At => Stored.At;

    public string? Address => Stored.Address.Length == 0 ? null : Stored.Address;

    public string TextSha256 { get; } = IndependentLedger.Sha256(Stored.Text);

    public PastContact Contact => new(At, Stored.Channel, Direction.Outbound, ContactOutcome.Sent, [Stored.LoanId], Address, null, TextSha256, Purpose);
}

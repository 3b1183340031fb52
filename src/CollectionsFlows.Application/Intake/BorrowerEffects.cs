using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>Applies the borrower's part of events to the borrower store, once per event id.</summary>
/// <remarks>
/// The part of an event whose loan is not known yet is parked, encrypted like every text, with a stand-in borrower
/// <c>unmatched:{loanId}</c>, and applied when the loan appears: an opt-out that overtakes its loan still opts out.
/// </remarks>
internal sealed class BorrowerEffects(IBorrowerStore borrowers, AddressKeys keys)
{
    private const string ParkedKind = "parked";

    // A borrower's events come from few senders: more collisions than this mean a broken store.
    private const int MaxTries = 50;

    /// <summary>Applies an effect; an event that was applied before changes nothing.</summary>
    public async ValueTask ApplyAsync(string borrowerId, ParkedEffect part, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var borrower = await borrowers.LoadBorrowerAsync(borrowerId, cancellation);
            if (borrower?.AppliedEvents.Contains(part.EventId) == true)
                return;
            var message = part.Effect.Delivery is { } delivery ? await borrowers.MessageAsync(borrowerId, delivery.CommandId, cancellation) : null;
            if (await borrowers.SaveBorrowerAsync(new BorrowerStep(keys, borrowerId, borrower, part).Change(message), cancellation))
                return;
        }

        throw new InvalidOperationException($"borrower of loan {part.LoanId} kept changing; event {part.EventId} was not stored");
    }

    /// <summary>Keeps an effect until its loan appears.</summary>
    public async ValueTask ParkAsync(ParkedEffect part, CancellationToken cancellation)
    {
        var standIn = StandIn(part.LoanId);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var parked = await borrowers.LoadBorrowerAsync(standIn, cancellation);
            if (parked?.AppliedEvents.Contains(part.EventId) == true)
                return;
            var text = JsonSerializer.Serialize(part, IntakeJson.Default.ParkedEffect);
            var change = new BorrowerChange
            {
                BorrowerId = standIn,
                ExpectedVersion = parked?.Version ?? 0,
                Texts = [new(part.EventId, part.LoanId, part.At, ParkedKind, text)],
                AppliedEvent = part.EventId,
            };
            if (await borrowers.SaveBorrowerAsync(change, cancellation))
                return;
        }

        throw new InvalidOperationException($"events of loan {part.LoanId} kept arriving; event {part.EventId} was not stored");
    }

    /// <summary>Applies what was parked for a loan to its borrower, and forgets it. Done twice it does nothing twice.</summary>
    public async ValueTask AdoptAsync(string loanId, string borrowerId, CancellationToken cancellation)
    {
        var standIn = StandIn(loanId);
        var parked = (await borrowers.TextsAsync(standIn, loanId, cancellation)).Where(text => text is { Kind: ParkedKind, Text.Length: > 0 }).ToList();
        if (parked.Count == 0)
            return;
        foreach (var text in parked.OrderBy(text => text.At).ThenBy(text => text.EventId, StringComparer.Ordinal))
            await ApplyAsync(borrowerId, JsonSerializer.Deserialize(text.Text, IntakeJson.Default.ParkedEffect)!, cancellation);
        await borrowers.EraseBorrowerAsync(standIn, cancellation);
    }

    private static string StandIn(string loanId) => $"unmatched:{loanId}";
}

/// <summary>One change of one borrower by one event: pure.</summary>
internal sealed class BorrowerStep(AddressKeys keys, string borrowerId, BorrowerRecord? borrower, ParkedEffect part)
{
    private readonly BorrowerEffect effect = part.Effect;

    /// <summary>The change to write.</summary>
    /// <param name="message">The message a delivery report is about; null when it is unknown.</param>
    public BorrowerChange Change(StoredMessage? message)
    {
        var profile = Profile(borrower?.Profile ?? ContactProfile.Empty);
        if (effect.Delivery is { } delivery && message is not null)
            profile = Delivered(profile, delivery, message, keys.KeyOf(message.Channel, message.Address));
        return new()
        {
            BorrowerId = borrowerId,
            ExpectedVersion = borrower?.Version ?? 0,
            Profile = profile == borrower?.Profile ? null : profile,
            Details = Details(),
            Ledger = [.. Contacts(), .. Delivered(message)],
            Messages = IsNews(message) ? [message with { Status = effect.Delivery!.Delivered ? MessageStatus.Delivered : MessageStatus.Failed }] : [],
            Texts = effect.Text is { Length: > 0 } text ? [new(part.EventId, part.LoanId, part.At, part.Type, text)] : [],
            AppliedEvent = part.EventId,
        };
    }

    private ContactProfile Delivered(ContactProfile profile, MessageDelivery delivery, StoredMessage message, string key) => delivery switch
    {
        { OptedOut: true } => profile.OptOut(message.Channel, key, part.At),
        { Blocked: true } => IsNews(message) ? profile.Undeliverable(message.Channel, key, part.At) : profile,
        { Delivered: true } => profile.Works(message.Channel, key, part.At),
        _ => profile,
    };

    private ContactProfile Profile(ContactProfile profile)
    {
        if (effect is { Contact.Direction: Direction.Inbound, Channel: { } heard })
            profile = profile.Works(heard, Key(heard), part.At);
        foreach (var flag in effect.FlagsSet)
            profile = profile.Set(effect is { Address: not null, Channel: { } about } ? flag with { Address = Key(about) } : flag);
        foreach (var name in effect.FlagsLifted)
            profile = profile.Lift(name, part.LoanId, effect.Reference, effect.LiftedAt ?? part.At);
        if (effect is { OptsOut: true, Channel: { } refused })
            profile = profile.OptOut(refused, Key(refused), part.At);
        if (effect is { Consents: true, Channel: { } channel })
            profile = profile.Consent(channel, Key(channel), part.At).Works(channel, Key(channel), part.At);
        if (effect.Preferences is { } preferences && !(profile.PreferencesAt > part.At))
            profile = profile with { Preferences = preferences, PreferencesAt = part.At };
        return profile;
    }

    /// <summary>What an update says of the borrower it names; its addresses come first, because they are the newer ones.</summary>
    private BorrowerDetails? Details()
    {
        if (effect is { Place: { } place, Channel: { } at } && borrower?.Details is { } known)
            return known with { Addresses = [.. known.Addresses.Select(address => address.Key == Key(at) ? address with { Place = place } : address)] };
        if (effect.Details is null || effect.DetailsOf != borrowerId)
            return null;
        // Who was erased does not come back with nothing but a time zone (S25).
        if (borrower?.Details is null && effect.Details is { Name.Length: 0, Language: null, Addresses.Count: 0, Attributes.Count: 0 })
            return null;
        var newer = keys.WithKeys(effect.Details);
        var united = borrower?.Details.UnitedWith(newer) ?? newer;
        return united with { Addresses = [.. united.Addresses.OrderBy(address => newer.Addresses.All(other => other.Key != address.Key))] };
    }

    private IEnumerable<LedgerEntry> Contacts()
    {
        if (effect.Contact is not { } contact)
            yield break;
        var isBorrowers = contact.Recipient is null or Recipient.Debtor;
        var key = Key(contact.Channel) ?? (isBorrowers && Known(contact.Channel) is [var only] ? only.Key : null);
        var place = Known(contact.Channel).FirstOrDefault(address => address.Key == key)?.Place;
        yield return new(part.EventId, contact with { Address = key, Place = place });
    }

    /// <summary>A message that certainly was not delivered does not count as a contact; one that was does.</summary>
    private IEnumerable<LedgerEntry> Delivered(StoredMessage? message) => !IsNews(message)
        ? []
        : (borrower?.Ledger ?? [])
            .Where(entry => entry.Id == effect.Delivery!.CommandId)
            .Select(entry => entry with { Contact = entry.Contact with { Outcome = effect.Delivery!.Delivered ? ContactOutcome.Sent : ContactOutcome.Failed } });

    /// <summary>Reports come in any order and more than once (regulation.md, "SMS provider"): what was delivered once was delivered.</summary>
    private bool IsNews([NotNullWhen(true)] StoredMessage? message) =>
        effect.Delivery is { } delivery && message is not null && (delivery.Delivered || message.Status != MessageStatus.Delivered);

    private string? Key(Channel channel) => effect.Address is { Length: > 0 } address ? keys.KeyOf(channel, address) : null;

    private IReadOnlyList<BorrowerAddress> Known(Channel channel)
    {
        var stored = channel == Channel.Phone ? Channel.Sms : channel;
        return [.. (borrower?.Details?.Addresses ?? []).Where(address => address.Channel == stored)];
    }
}

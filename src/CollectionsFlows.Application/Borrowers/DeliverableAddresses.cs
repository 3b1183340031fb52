using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Addresses a carrier refuses to deliver to: nothing is written there until something shows that it works again.</summary>
internal static class DeliverableAddresses
{
    private static readonly string[] FlagNames = ["undeliverable:sms", "undeliverable:email", "undeliverable:phone", "undeliverable:visit", "undeliverable:letter"];

    public static bool IsDeliverable(this ContactProfile profile, BorrowerAddress address) =>
        !profile.Flags.Any(flag => IsOf(flag, address.Channel, address.Key));

    /// <summary>The carrier does not deliver to the address from then on. Said again it changes nothing.</summary>
    public static ContactProfile Undeliverable(this ContactProfile profile, Channel channel, string key, DateTimeOffset at) =>
        profile.Flags.Any(flag => IsOf(flag, channel, key))
            ? profile
            : profile with { Flags = [.. profile.Flags, new(FlagNames[(int)channel], at, Address: key)] };

    /// <summary>The address works: something arrived there, or came from there, or the borrower named it anew.</summary>
    public static ContactProfile Works(this ContactProfile profile, Channel channel, string? key, DateTimeOffset at) =>
        key is null || !profile.Flags.Any(flag => IsOf(flag, channel, key) && flag.From <= at)
            ? profile
            : profile with { Flags = [.. profile.Flags.Select(flag => IsOf(flag, channel, key) && flag.From <= at ? flag with { Until = at } : flag)] };

    private static bool IsOf(ProfileFlag flag, Channel channel, string key) => flag.Name == FlagNames[(int)channel] && flag.Address == key && flag.Until is null;
}

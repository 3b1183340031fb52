using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>
/// What the carrier's code of a failed message says about the address (regulation.md, "SMS provider"). 4007: opted out there. 4005: the carrier blocks
/// the number. Every other code says nothing that lasts: 4006, 4008, 5001 and 5002 pass, and with 4010 it is the sender that is not verified, so
/// that marking borrowers' numbers would be wrong. An e-mail that bounced for good names an address that is none; one that was suppressed did not leave,
/// because others to the address bounced before. A failed message counts as no contact, so the next may go out; which codes bring a demand again by
/// itself is the case's to decide (<c>Core/Cases/RetryDecisions</c>).
/// </summary>
internal static class CarrierCodes
{
    private const string OptedOut = "4007";
    private const string Blocked = "4005";
    private const string Bounced = "bounced";
    private const string Suppressed = "suppressed";

    public static bool IsOptOut(string? code) => code == OptedOut;

    public static bool IsBlock(string? code) => code is Blocked or Bounced or Suppressed;

    /// <summary>The profile after the carrier refused a message to an address with a code.</summary>
    public static ContactProfile Refused(this ContactProfile profile, string? code, Channel channel, string? key, DateTimeOffset at) => code switch
    {
        OptedOut => profile.OptOut(channel, key, at),
        _ when IsBlock(code) && key is not null => profile.Undeliverable(channel, key, at),
        _ => profile,
    };
}

using System.Globalization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Names addresses without saying them: "mobile number 1".</summary>
internal sealed class AddressLabels(BorrowerRecord? borrower)
{
    private readonly IReadOnlyList<BorrowerAddress> addresses = borrower?.Details?.Addresses ?? [];

    /// <summary>The label of a key; null where the borrower has no such address any more.</summary>
    public string? Of(string? key)
    {
        if (key is null || addresses.FirstOrDefault(address => address.Key == key) is not { } found)
            return null;
        var kind = Kind(found.Channel);
        var number = addresses.Where(address => Kind(address.Channel) == kind).Select(address => address.Key).Distinct().ToList().IndexOf(key) + 1;
        var place = found.Place is { } known && kind != "postal address" ? $"{known.ToString().ToLowerInvariant()} " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{place}{kind} {number}");
    }

    private static string Kind(Channel channel) => channel switch
    {
        Channel.Sms or Channel.Phone => "number",
        Channel.Email => "e-mail address",
        _ => "postal address",
    };
}

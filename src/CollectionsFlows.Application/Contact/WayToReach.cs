using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>A medium and, where it needs one that we know, an address of the borrower.</summary>
public sealed record WayToReach(Channel Channel, BorrowerAddress? Address)
{
    /// <summary>The channels in their order, each with every address of the borrower that carriers deliver to; a letter needs none that we know: the lender's own post does.</summary>
    /// <param name="borrower">Whose.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="evenUndeliverable">Also those where messages do not arrive: such a number can still be called.</param>
    public static IEnumerable<WayToReach> Of(BorrowerRecord? borrower, IEnumerable<Channel> channels, bool evenUndeliverable = false)
    {
        if (borrower?.Details is not { } details)
        {
            yield break;
        }

        foreach (var channel in channels)
        {
            var addresses = details.Addresses.Where(address => address.Channel == channel && (evenUndeliverable || borrower.Profile.IsDeliverable(address))).ToList();
            foreach (var address in addresses)
            {
                yield return new(channel, address);
            }

            if (addresses.Count == 0 && channel == Channel.Letter)
            {
                yield return new(channel, null);
            }
        }
    }
}

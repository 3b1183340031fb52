namespace CollectionsFlows.Application.Borrowers;

/// <summary>Unites what several loans of one borrower say about who the borrower is.</summary>
public static class BorrowerDetailsUnion
{
    /// <summary>The later name and language win where they are given; addresses are united by key and channel, known ones first; zones by loan.</summary>
    public static BorrowerDetails UnitedWith(this BorrowerDetails? known, BorrowerDetails later)
    {
        if (known is null) return later;
        var addresses = new List<BorrowerAddress>(known.Addresses);
        foreach (var address in later.Addresses)
        {
            var at = addresses.FindIndex(other => other.Channel == address.Channel && string.Equals(other.Key, address.Key, StringComparison.Ordinal));
            if (at < 0) addresses.Add(address);
            else addresses[at] = address with { Place = address.Place ?? addresses[at].Place };
        }

        return new BorrowerDetails
        {
            Name = later.Name.Length > 0 ? later.Name : known.Name,
            Language = later.Language ?? known.Language,
            Addresses = addresses,
            Attributes = known.Attributes.Concat(later.Attributes).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal),
            LoanZones = known.LoanZones is null || later.LoanZones is null
                ? known.LoanZones ?? later.LoanZones
                : known.LoanZones.Concat(later.LoanZones).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal),
        };
    }
}

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Unites what different loans and updates say of one borrower.</summary>
public static class DetailChanges
{
    /// <summary>The newer details win where they say something; addresses are united, the newer first. Both have their keys.</summary>
    public static BorrowerDetails United(BorrowerDetails? older, BorrowerDetails newer) => older is null ? newer : new()
    {
        Name = newer.Name.Length > 0 ? newer.Name : older.Name,
        Language = newer.Language ?? older.Language,
        Addresses = [.. newer.Addresses.Concat(older.Addresses).DistinctBy(address => (address.Key, address.Channel))],
    };
}

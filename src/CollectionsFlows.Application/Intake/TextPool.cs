namespace CollectionsFlows.Application.Intake;

/// <summary>Shares the few texts a portfolio repeats in every row (products, currencies, zones), so that 100 000 loans hold them once.</summary>
internal sealed class TextPool
{
    // Beyond this the column does not repeat, and remembering it would only cost.
    private const int MaxTexts = 10_000;

    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> zones = new(StringComparer.Ordinal);

    public string Share(ReadOnlySpan<char> text)
    {
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known))
            return known;
        var fresh = text.ToString();
        if (texts.Count < MaxTexts)
            texts.Add(fresh, fresh);
        return fresh;
    }

    /// <summary>The zones of a borrower; equal answers are one list.</summary>
    public IReadOnlyList<string> Zones(string stated, string jurisdiction, IReadOnlyList<string> phones)
    {
        var found = BorrowerZones.Of(stated, jurisdiction, phones);
        var key = string.Join('&', found);
        if (zones.TryGetValue(key, out var known))
            return known;
        zones.Add(key, found);
        return found;
    }
}

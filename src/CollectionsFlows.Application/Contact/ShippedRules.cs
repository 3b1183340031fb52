namespace CollectionsFlows.Application.Contact;

/// <summary>The pack and calendar files that come with the product, from the assembly itself: those in force and every version released before.</summary>
internal static class ShippedRules
{
    public static IEnumerable<string> Packs() => Texts("packs/");

    public static IEnumerable<string> Calendars() => Texts("calendars/");

    /// <summary>Former versions, by which contacts of the past are proven: <c>Former/US@1.json</c>.</summary>
    public static IEnumerable<string> FormerPacks() => Texts("former-packs/");

    /// <summary>Former versions of calendars.</summary>
    public static IEnumerable<string> FormerCalendars() => Texts("former-calendars/");

    private static IEnumerable<string> Texts(string folder)
    {
        var assembly = typeof(ShippedRules).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Text);

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}

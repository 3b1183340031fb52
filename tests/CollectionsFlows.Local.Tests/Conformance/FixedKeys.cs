namespace CollectionsFlows.Local.Tests.Conformance;

/// <summary>Keys that are the same in every run: facts name addresses by keyed hashes. Of no use to anybody.</summary>
internal static class FixedKeys
{
    private const string Key = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private const string Address = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

    /// <summary>As the embedded host's key file.</summary>
    public static string File => $$$"""{"active":"key-1","keys":{"key-1":"{{{Key}}}"},"address":"{{{Address}}}"}""";

    /// <summary>As a setting.</summary>
    public static string Setting => $"key-1:{Key};address:{Address}";
}

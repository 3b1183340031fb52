using System.Collections.Immutable;

namespace CollectionsFlows.Application.Policies;

/// <summary>The policy and template files that come with the product, from the assembly itself.</summary>
internal static class ShippedFiles
{
    internal const string Schema = "policy.schema.json";

    private const string PolicyFolder = "Policies/Shipped/";
    private const string TemplateFolder = "Policies/Templates/";

    internal static ImmutableArray<(string Name, byte[] Utf8)> Policies() => [.. Files(PolicyFolder).Where(file => file.Name != Schema)];

    internal static ImmutableArray<(string Name, byte[] Utf8)> Templates() => [.. Files(TemplateFolder)];

    private static IEnumerable<(string Name, byte[] Utf8)> Files(string folder) =>
        typeof(ShippedFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[folder.Length..], Bytes(name)));

    private static byte[] Bytes(string resource)
    {
        using var stream = typeof(ShippedFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

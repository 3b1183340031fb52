using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CollectionsFlows.Core.Tests.Architecture;

/// <summary>What a compiled assembly refers to outside itself, read from its metadata without loading it.</summary>
/// <remarks>Symbols are written as in documentation ids: <c>System.DateTime.get_Now</c>, <c>System.Threading.Tasks.Task`1</c>.</remarks>
internal sealed class ReferencedSymbols
{
    private ReferencedSymbols(MetadataReader reader)
    {
        Assemblies = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
        Types = reader.TypeReferences.Select(handle => NameOf(reader, handle)).ToHashSet(StringComparer.Ordinal);
        Members = reader.MemberReferences
            .Select(handle => reader.GetMemberReference(handle))
            .Where(member => member.Parent.Kind is HandleKind.TypeReference)
            .Select(member => (NameOf(reader, (TypeReferenceHandle)member.Parent), reader.GetString(member.Name)))
            .ToHashSet();
    }

    public IReadOnlyList<string> Assemblies { get; }

    public IReadOnlySet<string> Types { get; }

    public IReadOnlySet<(string Type, string Member)> Members { get; }

    public static ReferencedSymbols Of(string assemblyPath)
    {
        using var stream = File.OpenRead(assemblyPath);
        using var image = new PEReader(stream);
        return new(image.GetMetadataReader());
    }

    /// <summary>Whether a banned symbol (<c>T:</c> type, <c>P:</c> property, <c>M:</c> method) is referred to.</summary>
    /// <remarks>The compiler's own iterators ask for the current thread's id; that is no look at the surroundings.</remarks>
    public bool Contains(string documentationId)
    {
        var name = documentationId[2..].Split('(')[0];
        var (type, member) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        return documentationId[0] switch
        {
            'T' => Types.Contains(name) && !OnlyForIterators(name),
            'P' => Members.Contains((type, $"get_{member}")) || Members.Contains((type, $"set_{member}")),
            'M' => Members.Contains((type, member)),
            var kind => throw new FormatException($"no kind of symbol: {kind}"),
        };
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private bool OnlyForIterators(string type) =>
        Members.Where(member => member.Type == type).ToArray() is [("System.Environment", "get_CurrentManagedThreadId")];
}

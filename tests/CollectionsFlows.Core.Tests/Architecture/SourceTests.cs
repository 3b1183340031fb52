using System.Text.RegularExpressions;
using System.Xml.Linq;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Tests.Architecture;

/// <summary>Conventions of <c>design.md</c> that a reader would otherwise have to check.</summary>
public partial class SourceTests
{
    private const int MaxLines = 300;

    [Fact]
    public void no_source_file_has_more_than_300_lines() =>
        AssertNone(
            from folder in new[] { "src", "tests" }
            from pattern in new[] { "*.cs", "*.razor" }
            from path in Repository.Files(folder, pattern)
            let lines = Repository.Lines(path).Length
            where lines > MaxLines
            select $"{path}: {lines}");

    /// <remarks>A case of a closed union is a member of it: where its name says it all it needs no words.</remarks>
    [Fact]
    public void every_public_type_of_core_is_documented()
    {
        var core = typeof(Money).Assembly;
        var documented = XDocument.Load(Path.ChangeExtension(core.Location, ".xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        AssertNone(
            from type in core.GetExportedTypes()
            where type.DeclaringType is null || type.BaseType != type.DeclaringType
            let id = DocumentationId(type)
            where !documented.Contains(id)
            select id);
    }

    [Fact]
    public void every_public_type_of_any_source_project_is_documented() =>
        // Read from the sources: the other assemblies are not built for this test project.
        AssertNone(
            from path in Repository.Files("src", "*.cs")
            from type in UndocumentedPublicTypes(Repository.Lines(path))
            select $"{path}: {type}");

    [Fact]
    public void the_search_for_undocumented_types_finds_them() =>
        Assert.Equal(
            ["Bare", "Nested"],
            UndocumentedPublicTypes(
            [
                "/// <summary>Said.</summary>",
                "[Attribute(",
                "    1)]",
                "public sealed partial class Told",
                "{",
                "    public readonly record struct Nested(int A);",
                "    public sealed record CaseOfAUnion(int A) : Told;",
                "",
                "    /// <summary>Said.</summary>",
                "    public enum Fine",
                "}",
                "",
                "public interface Bare",
                "internal class Inner",
            ]).Order(StringComparer.Ordinal));

    private static void AssertNone(IEnumerable<string> violations)
    {
        var found = string.Join(Environment.NewLine, violations);
        Assert.True(found.Length == 0, found);
    }

    private static string DocumentationId(Type type) => "T:" + type.FullName!.Replace('+', '.');

    private static IEnumerable<string> UndocumentedPublicTypes(string[] lines)
    {
        for (var index = 0; index < lines.Length; index++)
        {
            if (PublicType().Match(lines[index]) is { Success: true } type && !IsDocumented(lines, index))
            {
                yield return type.Groups["name"].Value;
            }
        }
    }

    private static bool IsDocumented(string[] lines, int declaration)
    {
        // Attributes may stand between the comment and the type; a blank line or another member ends the search.
        for (var index = declaration - 1; index >= 0; index--)
        {
            var line = lines[index].Trim();
            if (line.StartsWith("///", StringComparison.Ordinal))
            {
                return true;
            }

            if (line.Length == 0 || line[^1] is ';' or '{' or '}')
            {
                return false;
            }
        }

        return false;
    }

    [GeneratedRegex(@"^(?!\s+public sealed record )\s*public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe|new) )*(?:class|interface|enum|struct|record(?: class| struct)?|delegate \S+) (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublicType();
}

using System.Xml.Linq;

namespace CollectionsFlows.Core.Tests.Architecture;

/// <summary><c>design.md</c>: Core ← Application ← { Simulation, Web } ← { Local, Functions }. Nothing points at a host.</summary>
public class ProjectArrowTests
{
    /// <summary>Further right may point further left, never at its own rank.</summary>
    private static readonly Dictionary<string, int> Ranks = new(StringComparer.Ordinal)
    {
        ["CollectionsFlows.Core"] = 0,
        ["CollectionsFlows.Application"] = 1,
        ["CollectionsFlows.Simulation"] = 2,
        ["CollectionsFlows.Web"] = 2,
        ["CollectionsFlows.Local"] = 3,
        ["CollectionsFlows.Functions"] = 3,
    };

    [Fact]
    public void the_six_source_projects_are_all_there_are() =>
        Assert.Equal(Ranks.Keys.Order(StringComparer.Ordinal), Projects().Select(project => project.Name));

    [Fact]
    public void every_arrow_between_source_projects_points_to_the_left() =>
        Assert.Empty(
            from project in Projects()
            from reference in project.References
            where !Ranks.TryGetValue(reference, out var rank) || rank >= Ranks[project.Name]
            select $"{project.Name} → {reference}");

    [Fact]
    public void core_needs_no_project_and_no_package_at_run_time()
    {
        var core = XDocument.Load(Path.Combine(Repository.Root, "src", "CollectionsFlows.Core", "CollectionsFlows.Core.csproj"));

        Assert.Empty(core.Descendants("ProjectReference"));
        Assert.Empty(core.Descendants("FrameworkReference"));
        Assert.All(core.Descendants("PackageReference"), package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    [Fact]
    public void every_source_project_has_its_test_project() =>
        Assert.Empty(
            from name in Ranks.Keys
            where !File.Exists(Path.Combine(Repository.Root, "tests", $"{name}.Tests", $"{name}.Tests.csproj"))
            select name);

    private static IEnumerable<(string Name, IEnumerable<string> References)> Projects() =>
        from path in Repository.Files("src", "*.csproj")
        let project = XDocument.Load(Path.Combine(Repository.Root, path))
        select (
            Path.GetFileNameWithoutExtension(path),
            project.Descendants("ProjectReference").Select(reference => ProjectName(reference.Attribute("Include")!.Value)));

    private static string ProjectName(string include) => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
}

using System.Runtime.InteropServices;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Tests.Architecture;

/// <summary><c>design.md</c>: Core bans clocks, <c>Guid.NewGuid</c>, <c>Random</c>, <c>Task</c>, I/O and <c>Environment</c>.</summary>
public class PureCoreTests
{
    private static readonly ReferencedSymbols Core = ReferencedSymbols.Of(typeof(Money).Assembly.Location);

    private static readonly string[] Banned =
        [.. Repository.Lines("src/CollectionsFlows.Core/BannedSymbols.txt").Where(line => line.Length > 0).Select(line => line.Split(';')[0])];

    [Fact]
    public void core_references_the_base_class_library_only() =>
        Assert.All(
            Core.Assemblies,
            name => Assert.True(File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), $"{name}.dll")), $"{name} is not of the base class library"));

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.TimeProvider")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("T:System.Random")]
    [InlineData("T:System.Threading.Tasks.Task")]
    [InlineData("T:System.Threading.Tasks.Task`1")]
    [InlineData("T:System.Environment")]
    [InlineData("T:System.IO.File")]
    [InlineData("T:System.Console")]
    public void the_analyzer_bans_what_the_design_bans(string symbol) => Assert.Contains(symbol, Banned);

    [Fact]
    public void the_analyzer_runs_on_core()
    {
        var project = string.Join('\n', Repository.Lines("src/CollectionsFlows.Core/CollectionsFlows.Core.csproj"));

        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", project, StringComparison.Ordinal);
        Assert.Contains("<AdditionalFiles Include=\"BannedSymbols.txt\" />", project, StringComparison.Ordinal);
    }

    [Fact]
    public void no_source_of_core_switches_the_ban_off() =>
        Assert.Empty(
            from path in Repository.Files("src/CollectionsFlows.Core", "*.cs")
            from line in Repository.Lines(path)
            where line.Contains("RS0030", StringComparison.Ordinal)
            select $"{path}: {line}");

    [Fact]
    public void the_compiled_core_refers_to_nothing_banned() =>
        Assert.DoesNotContain(Banned, Core.Contains);

    [Fact]
    public void the_scan_sees_what_an_assembly_refers_to()
    {
        // This assembly does what Core must not: if the scan missed that, the test above would prove nothing.
        var tests = ReferencedSymbols.Of(typeof(PureCoreTests).Assembly.Location);
        _ = Impure().ToArray();

        Assert.Equal(
            ["P:System.DateTimeOffset.UtcNow", "M:System.Guid.NewGuid", "T:System.Environment", "T:System.IO.File", "T:System.Threading.Tasks.Task`1"],
            new[] { "P:System.DateTimeOffset.UtcNow", "M:System.Guid.NewGuid", "T:System.Environment", "T:System.IO.File", "T:System.Threading.Tasks.Task`1" }
                .Where(tests.Contains));
        Assert.False(tests.Contains("T:System.Net.Sockets.Socket"));
    }

    private static IEnumerable<object> Impure()
    {
        yield return DateTimeOffset.UtcNow;
        yield return Guid.NewGuid();
        yield return Environment.ProcessorCount;
        yield return Task.FromResult(1);
    }
}

namespace CollectionsFlows.Simulation.Tests.Portfolio;

/// <summary>Files that lie beside the repository and are not part of it: tests that need one are skipped where it is absent.</summary>
internal static class SharedData
{
    public static string FileOrSkip(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CollectionsFlows.sln"))) folder = folder.Parent;
        var path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Skip.IfNot(File.Exists(path), $"../shared/data/{name} is not there");
        return path;
    }
}

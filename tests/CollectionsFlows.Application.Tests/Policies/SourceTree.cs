namespace CollectionsFlows.Application.Tests.Policies;

/// <summary>The repository the tests were built from.</summary>
internal static class SourceTree
{
    internal static string PolicyFolder => Path.Combine(Root(), "src", "CollectionsFlows.Application", "Policies");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CollectionsFlows.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests do not run from within the repository");
    }
}

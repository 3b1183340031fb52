namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>Recorded data beside the repository; tests that need it skip where it is absent.</summary>
internal static class SharedData
{
    /// <summary>The file's path; null when it is not there.</summary>
    public static string? Find(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CollectionsFlows.sln")))
            directory = directory.Parent;
        var path = directory is null ? null : Path.Combine(directory.FullName, "..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }
}

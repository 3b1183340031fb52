using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>A data directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("collections-").FullName;

    public MasterKeys Keys => StoreKeys.LoadOrCreate(Path, environment: null);

    public Task<SqliteStore> OpenAsync(bool readOnly = false) => SqliteStore.OpenAsync(Path, Keys, readOnly: readOnly);

    /// <summary>Every byte of every file below, with its name.</summary>
    public IEnumerable<(string Name, byte[] Bytes)> Files()
    {
        foreach (var path in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            if (path.EndsWith(".lock", StringComparison.Ordinal)) continue;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            yield return (path, bytes);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

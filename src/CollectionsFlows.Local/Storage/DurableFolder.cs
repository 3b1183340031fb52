using System.Runtime.InteropServices;
using System.Text;

namespace CollectionsFlows.Local.Storage;

/// <summary>Makes entries of folders durable: on Unix a file that was flushed can still lose its name in a power failure until its folder is flushed too.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Creates a folder and its parents, each entry on the disk.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (parent is not null) Create(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null) Flush(parent);
    }

    /// <summary>Flushes the entries of a folder. File systems that cannot, and Windows, which need not, are left alone.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Local.Storage;

/// <summary>Writes files that are either there with all their bytes or not there.</summary>
internal static class DurableFile
{
    private const int AlreadyExists = 17;

    /// <summary>Creates a file; false when it exists, which is then untouched. Folders are made as needed.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        DurableFolder.Create(folder);
        var temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        try
        {
            using (var file = new FileStream(temporary, NewPrivateFile()))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            if (!TryName(temporary, path)) return false;
            DurableFolder.Flush(folder);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Gives a finished file its name unless the name is taken. On Unix <see cref="File.Move(string, string, bool)"/> looks first and renames then, so of two
    /// processes the second would replace what the first wrote, and a directory would lose the keys its data is sealed with; a hard link is refused by the
    /// file system itself. Where there are no hard links (FAT, some network shares) the move is all there is.
    /// </summary>
    private static bool TryName(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(Terminated(temporary), Terminated(path)) == 0) return true;
            if (Marshal.GetLastPInvokeError() == AlreadyExists) return false;
        }

        File.Move(temporary, path, overwrite: false);
        return true;
    }

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private static FileStreamOptions NewPrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] added);
}

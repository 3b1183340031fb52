using System.Security.Cryptography;

namespace CollectionsFlows.Local.Storage;

/// <summary>Writes files that are either there with all their bytes or not there.</summary>
internal static class DurableFile
{
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

            File.Move(temporary, path, overwrite: false);
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

    private static FileStreamOptions NewPrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

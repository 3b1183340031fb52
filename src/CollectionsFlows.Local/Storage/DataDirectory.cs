namespace CollectionsFlows.Local.Storage;

/// <summary>Where things lie in a data directory, and who may write there.</summary>
internal static class DataDirectory
{
    public static string Database(string directory) => Path.Combine(directory, "collections.db");

    public static string KeyFile(string directory) => Path.Combine(directory, "keys.json");

    public static string Evidence(string directory) => Path.Combine(directory, "evidence");

    /// <summary>Takes the directory for writing until disposed; the system releases it when the process dies.</summary>
    /// <exception cref="StorageException">Somebody else has it.</exception>
    public static FileStream Lock(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "collections.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new StorageException($"{directory} is in use by another process (only one may write there)", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"{directory} is not writable", e);
        }
    }
}

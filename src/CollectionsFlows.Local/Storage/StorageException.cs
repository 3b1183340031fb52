namespace CollectionsFlows.Local.Storage;

/// <summary>A data directory that cannot be used: in use, too new, missing, or not ours. The message is one line for the operator.</summary>
public sealed class StorageException : Exception
{
    public StorageException()
    {
    }

    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

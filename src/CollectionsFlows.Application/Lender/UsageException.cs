namespace CollectionsFlows.Application.Lender;

/// <summary>The caller asked for something that cannot be done; the message is the one line they read.</summary>
public sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public UsageException()
    {
    }
}

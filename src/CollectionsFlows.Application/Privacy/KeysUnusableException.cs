namespace CollectionsFlows.Application.Privacy;

/// <summary>The keys that protect personal data are missing, malformed, or not the ones the data was written with. The message says what to do and holds no key.</summary>
public sealed class KeysUnusableException : Exception
{
    public KeysUnusableException()
    {
    }

    public KeysUnusableException(string message)
        : base(message)
    {
    }

    public KeysUnusableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

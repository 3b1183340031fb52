using System.Text;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>
/// The ids under which a carrier that knows messages by a GUID only gets to know ours: always the same for a command, so that a repeated request is recognised and a
/// report can be told from others, also after a crash. Keyed by the store's secret: two deployments with the same loans do not take each other's mails for repetitions.
/// </summary>
/// <param name="keys">The store's secret.</param>
public sealed class OperationIds(AddressKeys keys)
{
    /// <summary>The id of a command's message: a GUID of version 8 (RFC 9562), that is, with a meaning of its maker's own.</summary>
    public Guid Of(string commandId)
    {
        var bytes = Convert.FromHexString(keys.Fingerprint(Encoding.UTF8.GetBytes($"operation:{commandId}"))).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

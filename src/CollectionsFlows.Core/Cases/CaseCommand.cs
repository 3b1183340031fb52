using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Cases;

/// <summary>An effect the case asks for. The id is <c>{loanId}:{seq of the fact that asked}</c>; running it twice has one effect.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(SendNotification), "send-notification")]
[JsonDerivedType(typeof(ReferToLegal), "refer-to-legal")]
[JsonDerivedType(typeof(WriteOff), "write-off")]
public abstract record CaseCommand
{
    private CaseCommand(string id) => Id = id;

    public string Id { get; }

    /// <summary>Send a message by the first channel that the borrower can be reached by and the gate allows.</summary>
    /// <param name="RetryOf">The command whose text did not get through for a passing reason; null: this is the first.</param>
    /// <param name="Retry">1 for the first time it is asked for again; null: this is the first.</param>
    /// <param name="FirstOf">From the second retry on: the command asked for in the first place; null: this is the first, or the first retry.</param>
    /// <param name="Untried">True: a retry, and the carrier refused all before it at once; null: it is not so.</param>
    public sealed record SendNotification(
        string Id, string Step, string Template, Purpose Purpose, IReadOnlyList<Channel> Channels, string? PromiseId = null,
        string? MessageId = null, string? TextSha256 = null, string? RetryOf = null, int? Retry = null, string? FirstOf = null, bool? Untried = null) : CaseCommand(Id)
    {
        /// <summary>Whether it takes the place of a message, directly or through another.</summary>
        public bool IsInPlaceOf(string commandId) => RetryOf == commandId || FirstOf == commandId;
    }

    /// <summary>Assemble the dossier for the lawyers and archive it (S19).</summary>
    public sealed record ReferToLegal(string Id, string ApprovalId) : CaseCommand(Id);

    /// <summary>Assemble the evidence for the write-off and archive it (S20).</summary>
    public sealed record WriteOff(string Id, string ApprovalId) : CaseCommand(Id);
}

/// <summary>A command not yet done.</summary>
/// <param name="Command">What to do.</param>
/// <param name="Attempt">The number of the coming try, 1 for the first.</param>
/// <param name="NotBefore">When the case or the gate allows it; null: at once.</param>
public sealed record PendingCommand(CaseCommand Command, int Attempt = 1, DateTimeOffset? NotBefore = null);

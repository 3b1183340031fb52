using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Evidence;

/// <summary>A message as it is archived: what was to be said to whom, and by which facts it is known. Address, subject and text are personal data.</summary>
/// <param name="LoanId">The loan it is about.</param>
/// <param name="CommandId">The command that asked for it, <c>{loanId}:{number of the fact}</c>.</param>
/// <param name="Attempt">Which try of the command, 1 for the first; tries the gate deferred have no message.</param>
/// <param name="BorrowerId">To whom.</param>
/// <param name="At">The instant of dispatch, UTC: the one the gate judged.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Channel">By which medium.</param>
/// <param name="Address">The number or address.</param>
/// <param name="AddressKey">The same as facts and ledger know it.</param>
/// <param name="Subject">Of an e-mail or letter.</param>
/// <param name="Text">The text, to the character.</param>
/// <param name="TextSha256">Its SHA-256 (of the UTF-8), lower-case hex: the <c>textSha256</c> of the contact's fact.</param>
/// <param name="Template">What it was rendered from.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Wording">Which wording of the template.</param>
/// <param name="Segments">Parts of a text.</param>
public sealed record ArchivedMessage(
    string LoanId, string CommandId, int Attempt, string BorrowerId, DateTimeOffset At, Purpose? Purpose, Channel Channel, string Address, string? AddressKey,
    string? Subject, string Text, string TextSha256, string Template, string Language, int Wording, int Segments)
{
    /// <summary>What is archived of a message: nothing that changes after it was rendered, so that a repetition gives the same bytes.</summary>
    public static ArchivedMessage Of(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var request = message.Attempt?.Judged?.Request;
        return new(
            message.LoanId, message.CommandId, message.Attempt?.Number ?? 1, message.BorrowerId, message.At.ToUniversalTime(), request?.Purpose, message.Channel,
            message.Address, request?.Address, message.Subject, message.Text, message.TextSha256, message.Template, message.Language, message.Wording, message.Segments);
    }

    /// <summary>As one JSON object.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ArchivedMessageJson.Default.ArchivedMessage);

    /// <exception cref="JsonException">It is no archived message.</exception>
    public static ArchivedMessage Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ArchivedMessageJson.Default.ArchivedMessage) ?? throw new JsonException("an archived message is an object");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ArchivedMessage))]
internal sealed partial class ArchivedMessageJson : JsonSerializerContext;

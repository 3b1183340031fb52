using Azure;
using Azure.Communication.Email;
using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>
/// E-mails through Azure Communication Services, as plain text. An e-mail has no tag: its operation id is made from the command's (<see cref="OperationIds"/>), so that
/// the provider knows a repeated request and the delivery report is matched by it. The operation itself is not asked for; the report tells.
/// </summary>
/// <param name="client">A client with <see cref="Options"/>.</param>
/// <param name="settings">The sender and its limits.</param>
/// <param name="operations">The ids the provider gets.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of commands and codes, never of addresses or texts.</param>
public sealed partial class AcsEmailChannel(EmailClient client, EmailSettings settings, OperationIds operations, TimeProvider time, ILogger<AcsEmailChannel> logger)
    : AcsChannel(new SendingRate(settings.MessagesPerMinute / 60, settings.LongestWait, time), logger)
{
    public override Channel Channel => Channel.Email;

    protected override string NoAddress => "no-email-address";

    /// <summary>The channel by the settings: the identity sends unless a key is given.</summary>
    public static AcsEmailChannel Create(EmailSettings settings, TokenCredential identity, OperationIds operations, TimeProvider time, ILogger<AcsEmailChannel> logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = Options(settings);
        var client = settings.ConnectionString is { } connection ? new EmailClient(connection, options) : new EmailClient(settings.Endpoint, identity, options);
        return new AcsEmailChannel(client, settings, operations, time, logger);
    }

    /// <summary>How the client works: each request once.</summary>
    public static EmailClientOptions Options(EmailSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Once(new EmailClientOptions(), settings.Timeout);
    }

    protected override async ValueTask<Handover> AskAsync(StoredMessage message, string address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var id = operations.Of(message.CommandId);
        var operation = await client.SendAsync(WaitUntil.Started, Email(message, address), id, cancellation);
        if (!Guid.TryParse(operation.Id, out var known) || known != id)
        {
            LogOtherId(message.CommandId);
        }

        return new Handover(MessageStatus.Sent);
    }

    protected override string? Address(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return EmailSettings.IsAddress(address.Trim()) ? address.Trim() : null;
    }

    private protected override Handover Refusal(RequestFailedException failed) => AcsAnswers.Of(failed);

    /// <summary>Nothing in it but the text: no command or loan in a header, and nothing that tells when it was opened.</summary>
    private EmailMessage Email(StoredMessage message, string address)
    {
        var content = new EmailContent(Subject(message)) { PlainText = message.Text };
        return new EmailMessage(settings.From, address, content) { ReplyTo = { new EmailAddress(settings.ReplyTo) }, UserEngagementTrackingDisabled = true };
    }

    /// <summary>
    /// A subject is read over shoulders, on locked screens and by assistants, so it says nothing of a debt (THIRD-PARTY): the subjects of templates, which head
    /// letters, do. What a person wrote stays as it was written.
    /// </summary>
    private string Subject(StoredMessage message) => message.Template == NoticeNames.AgentMessage ? Line(message.Subject) ?? settings.Subject : settings.Subject;

    /// <summary>A subject is one line; null: there is none.</summary>
    private static string? Line(string? subject) =>
        string.IsNullOrWhiteSpace(subject) ? null : string.Concat(subject.Select(each => char.IsControl(each) ? ' ' : each)).Trim();

    [LoggerMessage(Level = LogLevel.Warning, Message = "the provider knows the message of command {CommandId} by an id of its own: no delivery report will find it")]
    private partial void LogOtherId(string commandId);
}

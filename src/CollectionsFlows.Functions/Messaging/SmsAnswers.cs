using System.Text.RegularExpressions;
using Azure;
using Azure.Communication.Sms;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>What an answer to a text says: sent, certainly not sent, or nobody knows; with the carrier's code where it has one.</summary>
internal static partial class SmsAnswers
{
    /// <summary>Inside a 202 each recipient has its own result (regulation.md, "SMS provider").</summary>
    public static Handover Of(IReadOnlyList<SmsSendResult>? results)
    {
        if (results is not [{ } result])
        {
            return new Handover(MessageStatus.Unknown);
        }

        return result.Successful ? new Handover(MessageStatus.Sent) : AcsAnswers.Of(result.HttpStatusCode, CarrierCode(result.ErrorMessage), retryAfter: null);
    }

    /// <summary>A refusal of the whole request, or no answer at all.</summary>
    public static Handover Of(RequestFailedException failed) => AcsAnswers.Of(failed, CarrierCode);

    private static string? CarrierCode(string? words) => Code().Match(words ?? "") is { Success: true } digits ? digits.Value : null;

    [GeneratedRegex(@"(?<![0-9A-Za-z-])[45]0[0-9]{2}(?![0-9A-Za-z-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}

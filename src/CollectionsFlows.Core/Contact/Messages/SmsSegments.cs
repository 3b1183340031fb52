using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>How many parts an SMS is sent in (3GPP TS 23.038, 23.040).</summary>
/// <remarks>
/// GSM-7 when every character is in the default alphabet or its extension table (which counts two), 160 characters alone or 153 a part;
/// otherwise UCS-2, 70 code units alone or 67 a part. Neither an extension pair nor a surrogate pair is split over parts.
/// </remarks>
public static class SmsSegments
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    private static readonly FrozenDictionary<char, int> Septets =
        Basic.Select(character => KeyValuePair.Create(character, 1)).Concat(Extension.Select(character => KeyValuePair.Create(character, 2))).ToFrozenDictionary();

    /// <summary>Parts; an empty text is one.</summary>
    public static int Count(string text) => IsGsm7(text) ? Parts(text, 160, 153, SeptetsAt) : Parts(text, 70, 67, CodeUnitsAt);

    /// <summary>Whether the text fits the GSM 7-bit alphabet.</summary>
    public static bool IsGsm7(string text)
    {
        foreach (var character in text)
            if (!Septets.ContainsKey(character)) return false;
        return true;
    }

    private static int Parts(string text, int alone, int perPart, Func<string, int, (int Size, int Characters)> next)
    {
        var total = 0;
        var parts = 1;
        var used = 0;
        for (var at = 0; at < text.Length;)
        {
            var (size, characters) = next(text, at);
            total += size;
            if (used + size > perPart)
            {
                parts++;
                used = 0;
            }

            used += size;
            at += characters;
        }

        return total <= alone ? 1 : parts;
    }

    private static (int Size, int Characters) SeptetsAt(string text, int at) => (Septets[text[at]], 1);

    private static (int Size, int Characters) CodeUnitsAt(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? (2, 2) : (1, 1);
}

using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>
/// What a case file says that no rule hears: members nobody knows and flags no rule reads. They change no verdict, and that is the danger: a
/// mistyped <c>houseRule</c> or <c>bankrupcy</c> would allow what it was meant to stop.
/// </summary>
public static class GateCaseHints
{
    private static readonly string[] Case =
    [
        "name", "now", "channel", "direction", "purpose", "jurisdiction", "creditorRole", "debtId", "borrowerId", "address", "place", "timeZones", "houseRules", "text",
        "recipient", "asksLocationOnly", "persons", "history", "flags", "consents", "optOuts", "preferences", "expect",
    ];

    private static readonly string[] Past = ["at", "channel", "direction", "outcome", "debtIds", "address", "place", "text", "purpose", "recipient"];
    private static readonly string[] Permission = ["channel", "address", "at"];
    private static readonly string[] Wish = ["days", "from", "to", "channel", "place", "until"];
    private static readonly string[] Wishes = [.. Wish, "blocked"];
    private static readonly string[] FlagObject = ["name", "from", "until", "debtId", "address"];
    private static readonly string[] Expected = ["verdict", "rule", "until", "citations"];

    /// <summary>One line for each, in the file's order, with JSON path and the nearest name that is known. The file is one that <see cref="GateCases.Evaluate(string, IReadOnlyList{JurisdictionPack})"/> accepts.</summary>
    public static IReadOnlyList<string> Of(string json, IReadOnlyList<JurisdictionPack> packs)
    {
        using var document = JsonDocument.Parse(json);
        var flags = FlagsRead(packs);
        return [.. new CaseElement(document.RootElement, "$").Items().SelectMany(element => OfCase(element, flags))];
    }

    private static IEnumerable<string> OfCase(CaseElement element, IReadOnlyCollection<string> flags) =>
    [
        .. Unknown(element, Case),
        .. element.Items("history").SelectMany(past => Unknown(past, Past)),
        .. element.Items("flags").SelectMany(flag => OfFlag(flag, flags)),
        .. element.Items("consents").SelectMany(consent => Unknown(consent, Permission)),
        .. element.Items("optOuts").SelectMany(optOut => Unknown(optOut, Permission)),
        .. element.Items("preferences").SelectMany(wish => Unknown(wish, Wishes).Concat(wish.Items("blocked").SelectMany(blocked => Unknown(blocked, Wish)))),
        .. element.Member("expect") is { } expect ? Unknown(expect, Expected) : [],
    ];

    private static IEnumerable<string> OfFlag(CaseElement flag, IReadOnlyCollection<string> known)
    {
        var isName = flag.Json.ValueKind == JsonValueKind.String;
        if (!isName)
            foreach (var hint in Unknown(flag, FlagObject))
                yield return hint;
        var name = isName ? flag.Text() : flag.Required("name").Text();
        if (!known.Contains(name))
            yield return $"{flag.Path}: no rule reads the flag '{name}', it changes nothing{Meant(name, known)}";
    }

    private static IEnumerable<string> Unknown(CaseElement element, IReadOnlyList<string> known) =>
        from member in element.Json.EnumerateObject()
        where !known.Contains(member.Name, StringComparer.Ordinal)
        select $"{element.Path}: nobody reads '{member.Name}'{Meant(member.Name, known)}";

    private static string Meant(string name, IEnumerable<string> known) => NearestName.To(name, known) is { } near ? $"; is '{near}' meant?" : "";

    private static HashSet<string> FlagsRead(IReadOnlyList<JurisdictionPack> packs) =>
    [
        .. packs.SelectMany(pack => pack.Rules).SelectMany(rule => rule switch
        {
            StopFlagRule stop => [stop.Flag],
            TextPermissionRule text => [text.CheckedFlag],
            EmailPermissionRule email => [email.NoticeFlag, email.PriorCollectorFlag],
            ThirdPartyRule third => third.Inquiries.SelectMany(inquiry => inquiry.OnlyIf ?? []),
            LocalHoursRule { AgreedFlag: { } agreed } => [agreed],
            OptOutRule => OptOutRule.Flags,
            _ => Enumerable.Empty<string>(),
        }),
    ];
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CollectionsFlows.Application.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>
/// A version that was released never changes what it judges: facts name it, and proofs rest on it. To change a pack or calendar copy it to
/// <c>Former/ID@VERSION.json</c>, raise its version, and add a line here; never change a line of a released version.
/// </summary>
public class ReleasedRulesTests
{
    private static readonly string[] Words = ["title", "source", "asOf", "status"];

    private static readonly Dictionary<string, string> Released = new(StringComparer.Ordinal)
    {
        ["AU@1"] = "0ba8290c064e015b",
        ["CN@1"] = "38544e301caa7dd7",
        ["EU@1"] = "a8d4ab4e94b44744",
        ["GB@1"] = "501c346d357aa6ef",
        ["GB@2"] = "539dfe4bd8127bbd",
        ["IN@1"] = "83ecd9d38834ddfb",
        ["US-MA@1"] = "856e77ac85b428e6",
        ["US-WA@1"] = "250736d9f92a8229",
        ["US@1"] = "24cdfb791a7674b8",
        ["calendar:au-national@1"] = "ac60eb22775399fa",
        ["calendar:au-national@2"] = "ce8a96201428cb07",
        ["calendar:cn@1"] = "b0a5c7fcb84faf15",
        ["calendar:eu-target@1"] = "a5e873d6e620c32d",
        ["calendar:gb-england-wales@1"] = "45170c8797f99a93",
        ["calendar:gb-england-wales@2"] = "0b141d02034090e9",
        ["calendar:in-national@1"] = "59dc1400757ec066",
        ["calendar:us-federal@1"] = "e588d2ff696df26c",
        ["common@1"] = "bd21386509bd6ed2",
        ["house@1"] = "74d34b83c508aef3",
    };

    [Fact]
    public void no_version_changes_its_content_and_none_is_lost() =>
        Assert.Equal(Lines(Released), Lines(AtHand()));

    private static string Lines(Dictionary<string, string> versions) => string.Join('\n', versions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"[\"{pair.Key}\"] = \"{pair.Value}\","));

    private static Dictionary<string, string> AtHand() =>
        ShippedRules.Packs().Concat(ShippedRules.FormerPacks()).Select(text => (PackCatalogue.ReadPack(text).Label, Text: text))
            .Concat(ShippedRules.Calendars().Concat(ShippedRules.FormerCalendars()).Select(text => (PackCatalogue.ReadCalendar(text).ToCalendar().Label, Text: text)))
            .ToDictionary(version => version.Label, version => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Judging(version.Text))).AsSpan(0, 8)), StringComparer.Ordinal);

    /// <summary>The text without the words about it, which may be corrected at any time.</summary>
    private static string Judging(string text)
    {
        var node = JsonNode.Parse(text)!;
        Strip(node);
        return node.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in Words)
                members.Remove(name);
            foreach (var (_, value) in members)
                Strip(value);
        }

        foreach (var item in node as JsonArray ?? [])
            Strip(item);
    }
}

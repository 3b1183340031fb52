using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>
/// A version that was released never changes its content: facts name it, and proofs rest on it. To change a pack or calendar copy it to
/// <c>Former/ID@VERSION.json</c>, raise its version, and add a line here; never change a line of a released version.
/// </summary>
public class ReleasedRulesTests
{
    private static readonly Dictionary<string, string> Released = new(StringComparer.Ordinal)
    {
        ["AU@1"] = "d577985ad367d77e",
        ["CN@1"] = "4a59e5efb071307a",
        ["EU@1"] = "415b30e2f3a3952d",
        ["GB@1"] = "7262ad17f935de68",
        ["IN@1"] = "6d89d24068a0bdd9",
        ["US-MA@1"] = "985a14c09d3ad518",
        ["US-WA@1"] = "4f9b5cfd3d45af77",
        ["US@1"] = "0d635406911bb547",
        ["calendar:au-national@1"] = "14b36cbb880aeb46",
        ["calendar:au-national@2"] = "f84d76fa16ad00d9",
        ["calendar:cn@1"] = "b9e5ec7affaaf0e1",
        ["calendar:eu-target@1"] = "3f0b4099424a2732",
        ["calendar:gb-england-wales@1"] = "a8efa0784ed7bb01",
        ["calendar:gb-england-wales@2"] = "efd62e811c931c54",
        ["calendar:in-national@1"] = "ea1abd0ac924cfd0",
        ["calendar:us-federal@1"] = "b32877dcd3fffc54",
        ["common@1"] = "bab730571eb9c6af",
        ["house@1"] = "ac7b1b4e3afd819b",
    };

    [Fact]
    public void no_version_changes_its_content_and_none_is_lost() =>
        Assert.Equal(Lines(Released), Lines(AtHand()));

    private static string Lines(Dictionary<string, string> versions) => string.Join('\n', versions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"[\"{pair.Key}\"] = \"{pair.Value}\","));

    private static Dictionary<string, string> AtHand() =>
        ShippedRules.Packs().Concat(ShippedRules.FormerPacks()).Select(PackCatalogue.ReadPack).Select(pack => (pack.Label, Text: PackFile.Write(pack)))
            .Concat(ShippedRules.Calendars().Concat(ShippedRules.FormerCalendars()).Select(PackCatalogue.ReadCalendar).Select(file => (file.ToCalendar().Label, Text: PackFile.Write(file))))
            .ToDictionary(version => version.Label, version => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Text)).AsSpan(0, 8)), StringComparer.Ordinal);
}

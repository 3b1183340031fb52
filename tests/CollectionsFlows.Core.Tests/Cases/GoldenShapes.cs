using System.Text.Encodings.Web;
using System.Text.Json;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Tests.Architecture;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Cases live for years: every shape once written must be readable for ever, and read it must say the same.</summary>
/// <remarks>
/// <c>Golden/</c> holds today's shapes, one file each, with every field filled. To change a shape: add an optional field, fill it in
/// <see cref="Examples"/>, delete the shape's file, run this test once (it writes what is missing and fails), look at the difference, commit.
/// <c>Golden/v1/</c> holds shapes as they were first released and is never touched again: today's code must read each of them and write it
/// back to the byte, so what is added later must be absent when null. At the next release copy what is new into <c>Golden/v2/</c>.
/// </remarks>
public class GoldenShapes
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private static string Folder => Path.Combine(Repository.Root, "tests", "CollectionsFlows.Core.Tests", "Golden");

    public static TheoryData<string> Shapes => [.. Written().Keys];

    public static TheoryData<string> Released =>
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path))
            .Where(path => Path.GetDirectoryName(path)!.StartsWith('v')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void a_shape_is_written_as_its_golden_file_says(string name)
    {
        var path = Path.Combine(Folder, name);
        var today = Written()[name];
        if (!File.Exists(path))
        {
            File.WriteAllText(path, today);
            Assert.Fail($"{name} was missing and has been written: look at it and commit it");
        }

        Assert.Equal(File.ReadAllText(path), today);
        Assert.Equal(today, Rewritten(name, today));
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void a_released_shape_is_read_and_written_back_to_the_byte(string path)
    {
        var released = File.ReadAllText(Path.Combine(Folder, path));

        Assert.Equal(released, Rewritten(Path.GetFileName(path), released));
    }

    [Fact]
    public void every_fact_event_and_the_state_has_an_example()
    {
        Assert.Equal(FactTypes.Names.Order(StringComparer.Ordinal), Examples.Facts.Select(FactTypes.NameOf).Order(StringComparer.Ordinal));
        Assert.Equal(Cases(typeof(CaseFact)), Examples.Facts.Select(fact => fact.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(Cases(typeof(CaseEvent)), Examples.Events.Select(happened => happened.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void a_field_this_version_does_not_know_is_skipped()
    {
        const string future = """{"reason":"paid-off","effectiveAt":"2026-03-01T16:00:00+00:00","notYetInvented":{"a":[1]}}""";

        Assert.IsType<CaseFact.CaseClosed>(JsonSerializer.Deserialize(future, FactTypes.ShapeOf("case.closed")!));
    }

    private static string[] Cases(Type union) => [.. union.GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Written()
    {
        var files = Examples.Facts.ToDictionary(
            fact => $"fact.{FactTypes.NameOf(fact)}.json", fact => Indented(JsonSerializer.Serialize(fact, FactTypes.ShapeOf(fact))), StringComparer.Ordinal);
        foreach (var happened in Examples.Events)
        {
            var input = new CaseInput("evt-1", new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero), happened, "operator-1");
            var json = JsonSerializer.Serialize(input, CaseJson.Default.CaseInput);
            using var document = JsonDocument.Parse(json);
            files.Add($"input.{document.RootElement.GetProperty("event").GetProperty("$type").GetString()}.json", Indented(json));
        }

        foreach (var (name, fact) in Examples.Grown)
        {
            files.Add($"fact.{FactTypes.NameOf(fact)}+{name}.json", Indented(JsonSerializer.Serialize(fact, FactTypes.ShapeOf(fact))));
        }

        files.Add("state+notices.json", Indented(JsonSerializer.Serialize(Examples.GrownState, CaseJson.Default.CaseState)));
        files.Add("state+returned.json", Indented(JsonSerializer.Serialize(Examples.StateWithReturned, CaseJson.Default.CaseState)));
        files.Add("state+texts.json", Indented(JsonSerializer.Serialize(Examples.StateWithTexts, CaseJson.Default.CaseState)));
        files.Add("state.json", Indented(JsonSerializer.Serialize(Examples.State, CaseJson.Default.CaseState)));
        return files;
    }

    /// <summary>A name may say behind '+' what has grown.</summary>
    private static string Rewritten(string name, string json) => Again(name.Split('+')[0].Replace(".json", "", StringComparison.Ordinal), json);

    private static string Again(string name, string json) => Indented(name.Split('.')[0] switch
    {
        "fact" => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, FactTypes.ShapeOf(name[5..])!), FactTypes.ShapeOf(name[5..])!),
        "input" => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, CaseJson.Default.CaseInput), CaseJson.Default.CaseInput),
        _ => JsonSerializer.Serialize(JsonSerializer.Deserialize(json, CaseJson.Default.CaseState), CaseJson.Default.CaseState),
    });

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Pretty))
        {
            document.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace CollectionsFlows.Core.Tests.Architecture;

/// <summary>The deployment's description says what its files do: settings, parameters, host.json. Nothing of Azure is needed to check it.</summary>
public partial class InfrastructureTests
{
    private static readonly string[] Readme = Repository.Lines("infra/README.md");
    private static readonly string Main = Text("infra/main.bicep");
    private static readonly string[] SampleSettings = NamesIn("local.settings.sample.json", "Values");
    private static readonly string[] SampleParameters = NamesIn("infra/main.parameters.sample.json", "parameters");

    [Theory]
    [InlineData("local.settings.sample.json")]
    [InlineData("infra/main.parameters.sample.json")]
    [InlineData("infra/bicepconfig.json")]
    [InlineData("src/CollectionsFlows.Functions/host.json")]
    public void json_files_parse_and_name_nothing_twice(string path)
    {
        // .NET's default takes comments and trailing commas for errors, as az, azd and func may.
        using var json = JsonDocument.Parse(Text(path), new JsonDocumentOptions { AllowDuplicateProperties = false });

        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void the_settings_of_a_laptop_are_those_the_readme_says() =>
        Assert.Equal(Settings().Where(setting => setting.Laptop).Select(setting => setting.Name).Order(StringComparer.Ordinal), SampleSettings.Order(StringComparer.Ordinal));

    [Fact]
    public void the_settings_the_template_makes_are_those_the_readme_says()
    {
        var made = SettingsIn(Main).Concat(SettingsIn(Text("infra/modules/function-app.bicep")));

        Assert.Equal(Settings().Where(setting => setting.Azure).Select(setting => setting.Name).Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void the_parameters_of_the_template_are_those_the_readme_says() =>
        Assert.Equal(Parameters().Select(parameter => parameter.Name), FirstCells("## Parameters"));

    [Fact]
    public void the_sample_parameters_exist_and_none_that_is_required_is_missing()
    {
        Assert.Empty(SampleParameters.Except(Parameters().Select(parameter => parameter.Name), StringComparer.Ordinal));
        Assert.Empty(Parameters().Where(parameter => parameter.Required).Select(parameter => parameter.Name).Except(SampleParameters, StringComparer.Ordinal));
    }

    [Fact]
    public void every_setting_of_host_json_is_explained()
    {
        using var json = JsonDocument.Parse(Text("src/CollectionsFlows.Functions/host.json"));
        var explained = FirstCells("## host.json").ToList();

        Assert.NotEmpty(explained);
        Assert.Empty(from leaf in Leaves(json.RootElement, "")
                     where leaf != "version" && !explained.Exists(name => leaf == name || leaf.EndsWith($".{name}", StringComparison.Ordinal) || leaf.StartsWith($"{name}.", StringComparison.Ordinal))
                     select leaf);
        Assert.Empty(from name in explained
                     where !Leaves(json.RootElement, "").Any(leaf => leaf == name || leaf.EndsWith($".{name}", StringComparison.Ordinal) || leaf.StartsWith($"{name}.", StringComparison.Ordinal))
                     select name);
    }

    [Fact]
    public void every_module_is_used_and_every_parameter_and_output_is_described()
    {
        Assert.Equal(
            Repository.Files("infra/modules", "*.bicep").Select(path => path["infra/".Length..].Replace('\\', '/')),
            ModulePath().Matches(Main).Select(module => module.Groups["path"].Value).Order(StringComparer.Ordinal));
        Assert.Empty(
            from path in Repository.Files("infra", "*.bicep")
            from name in Undescribed(Repository.Lines(path))
            select $"{path}: {name}");
    }

    [Fact]
    public void shared_keys_and_public_blobs_are_off_in_every_storage_account() // S25
    {
        var accounts = Repository.Files("infra", "*.bicep").Select(Text).Where(text => text.Contains("'Microsoft.Storage/storageAccounts@2024-01-01' = {", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, accounts.Count);
        Assert.All(accounts, account => Assert.Contains("allowSharedKeyAccess: false", account, StringComparison.Ordinal));
        Assert.All(accounts, account => Assert.Contains("allowBlobPublicAccess: false", account, StringComparison.Ordinal));
        Assert.All(accounts, account => Assert.Contains("minimumTlsVersion: 'TLS1_2'", account, StringComparison.Ordinal));
    }

    [Fact]
    public void payloads_stay_out_of_the_durable_log() // S25
    {
        using var json = JsonDocument.Parse(Text("src/CollectionsFlows.Functions/host.json"));

        Assert.False(json.RootElement.GetProperty("extensions").GetProperty("durableTask").GetProperty("tracing").GetProperty("traceInputsAndOutputs").GetBoolean());
    }

    private static string Text(string path) => string.Join('\n', Repository.Lines(path));

    private static string[] NamesIn(string path, string member)
    {
        using var json = JsonDocument.Parse(Text(path));
        return [.. json.RootElement.GetProperty(member).EnumerateObject().Select(each => each.Name)];
    }

    private static IEnumerable<(string Name, bool Laptop, bool Azure)> Settings() =>
        from cells in Rows("## Settings")
        select (cells[0].Trim('`'), cells[1] == "yes", cells[2] == "yes");

    private static IEnumerable<(string Name, bool Required)> Parameters() =>
        Parameter().Matches(Main).Select(parameter => (parameter.Groups["name"].Value, parameter.Groups["default"].Length == 0));

    // The host reads two kinds of names: words joined by two underscores, and capitals.
    private static IEnumerable<string> SettingsIn(string bicep) => SettingName().Matches(bicep).Select(setting => setting.Groups["name"].Value);

    private static IEnumerable<string> FirstCells(string heading) => Rows(heading).Select(cells => cells[0].Trim('`'));

    private static IEnumerable<string[]> Rows(string heading) =>
        Readme.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "));

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
        : [path];

    private static IEnumerable<string> Undescribed(string[] lines) =>
        from index in Enumerable.Range(0, lines.Length)
        where lines[index].StartsWith("param ", StringComparison.Ordinal) || lines[index].StartsWith("output ", StringComparison.Ordinal)
        where !lines.Take(index).Reverse().TakeWhile(line => line.StartsWith('@')).Any(line => line.StartsWith("@description(", StringComparison.Ordinal))
        select lines[index];

    [GeneratedRegex(@"^param (?<name>\w+) \S+(?: = (?<default>.+))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s+(?<name>[A-Za-z]+(?:__\w+)+|[A-Z]+(?:_[A-Z]+)+|AzureWebJobs[A-Za-z]+): ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^module \w+ '(?<path>modules/[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModulePath();
}

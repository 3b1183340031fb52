using System.Text.Json;
using CollectionsFlows.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Triggers;

/// <summary>What the platform is told about this app: its functions, what triggers them, who may call them.</summary>
public sealed class FunctionIndexTests
{
    [Fact]
    public async Task the_platform_finds_these_functions_and_no_other()
    {
        string[] expected =
        [
            "AdvanceCase: activityTrigger",
            "ApplyRetention: timerTrigger %ApplyRetention:Schedule%",
            "ImportLoans: timerTrigger %ImportLoans:Schedule% + durableClient",
            "LoanCaseOrchestrator: orchestrationTrigger",
            "MessageEvents: httpTrigger post|options api/webhooks/messages Anonymous + durableClient",
            "PaymentWebhook: httpTrigger post api/webhooks/payments Anonymous + durableClient",
            "PurgeFinished: timerTrigger %PurgeFinished:Schedule% + durableClient",
            "RebuildIndices: httpTrigger post operations/rebuild-indices Admin",
            "ReferToLegal: activityTrigger",
            "Rehydrate: httpTrigger post operations/rehydrate Admin + durableClient",
            "RingOverdue: timerTrigger %RingOverdue:Schedule% + durableClient",
            "RotateKeys: httpTrigger post operations/rotate-keys Admin",
            "SendNotification: activityTrigger",
            "Web: httpTrigger get|head|post|put|delete|options {*path} Anonymous + durableClient",
            "WriteOff: activityTrigger",
        ];

        Assert.Equal(expected, (await IndexAsync()).Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task every_schedule_is_a_setting_of_the_sample()
    {
        var sample = Path.Combine(Root(), "local.settings.sample.json");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(sample));
        var settings = json.RootElement.GetProperty("Values").EnumerateObject().Select(setting => $"%{setting.Name.Replace("__", ":", StringComparison.Ordinal)}%").ToHashSet();

        var schedules = (await IndexAsync()).SelectMany(Bindings).Where(binding => Text(binding, "type") == "timerTrigger").Select(binding => Text(binding, "schedule")!);

        Assert.All(schedules, schedule => Assert.Contains(schedule, settings));
    }

    [Theory]
    [InlineData("POST", "/api/webhooks/payments", "PaymentWebhook")]
    [InlineData("POST", "/api/webhooks/messages", "MessageEvents")]
    [InlineData("OPTIONS", "/api/webhooks/messages", "MessageEvents")] // Event Grid's handshake.
    [InlineData("GET", "/api/webhooks/payments", "Web")] // The pipeline says which methods there are.
    [InlineData("POST", "/api/webhooks/others", "Web")]
    [InlineData("POST", "/operations/rehydrate", "Rehydrate")]
    [InlineData("POST", "/operations/rebuild-indices", "RebuildIndices")]
    [InlineData("POST", "/operations/rotate-keys", "RotateKeys")]
    [InlineData("GET", "/", "Web")]
    [InlineData("HEAD", "/", "Web")]
    [InlineData("GET", "/api/cases/L-1/journal", "Web")]
    [InlineData("POST", "/api/loans", "Web")]
    [InlineData("GET", "/health/live", "Web")]
    public async Task every_request_reaches_one_function(string method, string path, string function)
    {
        await using var router = await RouterAsync(await IndexAsync());
        using var client = new HttpClient { BaseAddress = new Uri(router.Urls.First()) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request);

        Assert.Equal([function], answer.Headers.GetValues("function"));
    }

    /// <summary>The routes as the platform lays them out: the more literal one wins.</summary>
    private static async Task<WebApplication> RouterAsync(IEnumerable<IFunctionMetadata> functions)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var router = builder.Build();
        foreach (var function in functions)
        {
            foreach (var trigger in Bindings(function).Where(binding => Text(binding, "type") == "httpTrigger"))
            {
                router.MapMethods(Text(trigger, "route")!, Methods(trigger), context =>
                {
                    context.Response.Headers["function"] = function.Name;
                    return Task.CompletedTask;
                });
            }
        }

        await router.StartAsync();
        return router;
    }

    private static async Task<IReadOnlyList<IFunctionMetadata>> IndexAsync()
    {
        var provider = typeof(WebPipeline).Assembly.GetTypes().Single(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IFunctionMetadataProvider)));
        return await ((IFunctionMetadataProvider)Activator.CreateInstance(provider, nonPublic: true)!).GetFunctionMetadataAsync(AppContext.BaseDirectory);
    }

    private static string Line(IFunctionMetadata function)
    {
        var bindings = Bindings(function).ToList();
        var trigger = bindings.Single(binding => Text(binding, "type")!.EndsWith("Trigger", StringComparison.Ordinal));
        string?[] words = [Text(trigger, "type"), Text(trigger, "schedule"), string.Join('|', Methods(trigger)), Text(trigger, "route"), Text(trigger, "authLevel")];
        var others = bindings.Select(binding => Text(binding, "type")).Where(type => type is not "http" && !type!.EndsWith("Trigger", StringComparison.Ordinal));
        return $"{function.Name}: {string.Join(" + ", [string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word))), .. others])}";
    }

    private static IEnumerable<JsonElement> Bindings(IFunctionMetadata function) => function.RawBindings!.Select(binding => JsonElement.Parse(binding));

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Methods(JsonElement trigger) => trigger.TryGetProperty("methods", out var methods) ? methods.EnumerateArray().Select(method => method.GetString()!) : [];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "local.settings.sample.json")))
            folder = folder.Parent ?? throw new InvalidOperationException("no local.settings.sample.json above the tests");
        return folder.FullName;
    }
}

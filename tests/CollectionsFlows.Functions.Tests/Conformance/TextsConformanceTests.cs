using Azure.Communication.Sms;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Messaging;
using CollectionsFlows.Functions.Tests.Messaging;
using CollectionsFlows.Functions.Tests.Orchestration;
using CollectionsFlows.Local.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Functions.Tests.Conformance;

/// <summary>The stories with texts that leave by the provider's client over HTTP, while every fifth answer of an activity is lost: the facts are the same, and no text goes out twice.</summary>
public sealed class TextsConformanceTests : HostConformance, IAsyncLifetime
{
    private ProviderStandIn? provider;

    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now)
    {
        provider = await ProviderStandIn.StartAsync(ProviderStandIn.Results(202, successful: true));
        var answers = 0;
        return await DurableHouse.StartAsync(
            now, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton(Channels(provider)), afterActivity: () =>
            {
                if (Interlocked.Increment(ref answers) % 5 == 0)
                    throw new IOException("the answer is lost");
            });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        var tags = provider!.Received.Select(request => request.Body.GetProperty("smsSendOptions").GetProperty("tag").GetString()).ToList();
        Assert.NotEmpty(tags);
        Assert.Equal(tags.Distinct(), tags);
        await provider.DisposeAsync();
    }

    private static IReadOnlyList<IMessageChannel> Channels(ProviderStandIn provider)
    {
        var settings = new SmsSettings { ConnectionString = provider.ConnectionString, From = "+18005550100", MessagesPerSecond = 1000 };
        var client = new SmsClient(provider.ConnectionString, AcsSmsChannel.Options(settings));
        return [new AcsSmsChannel(client, settings, TimeProvider.System, NullLogger<AcsSmsChannel>.Instance), .. Outbox.All.Where(outbox => outbox.Channel != Channel.Sms)];
    }
}

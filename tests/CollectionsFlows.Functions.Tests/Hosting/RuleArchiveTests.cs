using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Tests.Imports;

namespace CollectionsFlows.Functions.Tests.Hosting;

/// <summary>Rules that were in force are kept on Azurite from their first use, and are never another's.</summary>
public sealed class RuleArchiveTests : IAsyncLifetime
{
    private BlobFolder folder = null!;

    public async Task InitializeAsync() => folder = await BlobFolder.NewAsync();

    public async Task DisposeAsync() => await folder.DisposeAsync();

    [Fact]
    public async Task a_lenders_version_is_written_once_and_the_same_again_is_fine()
    {
        await Archive().KeepAsync(Rules("08:30:00"));
        var name = Assert.Single(await folder.NamesAsync());
        var written = (await folder.Blobs.GetBlobClient(name).GetPropertiesAsync()).Value.ETag;

        await Archive().KeepAsync(Rules("08:30:00"));
        await Archive().KeepAsync(Rules("08:30:00", title: "Another title"));

        Assert.Equal("rules-used/CN@1+lender.1.json", name);
        Assert.Equal(written, (await folder.Blobs.GetBlobClient(name).GetPropertiesAsync()).Value.ETag);
        Assert.Contains("08:30:00", (await folder.TextAsync(name))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task another_content_under_the_same_version_is_refused_and_changes_nothing()
    {
        await Archive().KeepAsync(Rules("08:30:00"));

        var refused = await Assert.ThrowsAsync<UsageException>(() => Archive().KeepAsync(Rules("09:30:00")));

        Assert.Contains("raise the \"version\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("rules-used/CN@1+lender.1.json", refused.Message, StringComparison.Ordinal);
        Assert.Contains("08:30:00", (await folder.TextAsync("rules-used/CN@1+lender.1.json"))!, StringComparison.Ordinal);
        await Archive().KeepAsync(Rules("09:30:00", version: 2));
        Assert.Equal(["rules-used/CN@1+lender.1.json", "rules-used/CN@1+lender.2.json"], await folder.NamesAsync());
    }

    [Fact]
    public async Task hosts_that_start_together_agree()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Archive().KeepAsync(Rules("08:30:00"))));

        Assert.Single(await folder.NamesAsync());
    }

    [Fact]
    public async Task of_hosts_that_start_together_with_different_rules_one_kind_wins()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(async host =>
        {
            var from = host % 2 == 0 ? "08:30:00" : "09:30:00";
            return (from, Refused: await Record.ExceptionAsync(() => Archive().KeepAsync(Rules(from))));
        }));

        var kept = (await folder.TextAsync("rules-used/CN@1+lender.1.json"))!;
        Assert.All(started, host => Assert.Equal(!kept.Contains(host.from, StringComparison.Ordinal), host.Refused is UsageException));
    }

    [Fact]
    public async Task the_container_is_made_where_there_is_none_and_others_files_in_it_are_left_alone()
    {
        await folder.DisposeAsync();

        await Archive().KeepAsync(PackCatalogue.Shipped());
        await folder.PutAsync("dossiers/some.json", "{}");
        await Archive().KeepAsync(Rules("08:30:00"));

        Assert.Equal(["dossiers/some.json", "rules-used/CN@1+lender.1.json"], await folder.NamesAsync());
    }

    [Fact]
    public async Task when_it_crashes_before_or_after_writing_the_next_start_goes_on()
    {
        foreach (var afterIt in new[] { false, true })
        {
            for (var call = 1; ; call++)
            {
                await using var fresh = await BlobFolder.NewAsync();
                var crash = new Crash(call, afterIt);
                var failed = await Record.ExceptionAsync(() => new RuleArchive(fresh.Seen(crash)).KeepAsync(Rules("08:30:00")));
                if (!crash.Happened)
                    break;
                Assert.NotNull(failed);
                await new RuleArchive(fresh.Blobs).KeepAsync(Rules("08:30:00"));
                Assert.Single(await fresh.NamesAsync());
            }
        }
    }

    private RuleArchive Archive() => new(folder.Blobs);

    private static PackCatalogue Rules(string from, int version = 1, string title = "Ours")
    {
        var errors = new List<string>();
        var rules = PackCatalogue.Shipped().With(
            $$$"""
            {"id":"CN","title":"{{{title}}}","version":{{{version}}},"supersedes":"CN@1","rules":[{"$type":"local-hours","id":"CN-NIGHT","title":"t","source":"s","neverAnswer":true,"agreedFlag":"night-agreed",
             "weekdays":{"from":"{{{from}}}","to":"22:00:00","toInside":false},"weekends":{"from":"{{{from}}}","to":"22:00:00","toInside":false}}]}
            """,
            errors);
        Assert.Empty(errors);
        return rules!;
    }
}

using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>A file that many want to create has one creator, and keeps what that one wrote.</summary>
public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task of_many_who_create_a_file_at_once_one_does_and_its_bytes_stay()
    {
        const int Creators = 4;
        for (var round = 0; round < 300; round++)
        {
            var path = Path.Combine(directory.Path, $"{round}.json");
            using var start = new Barrier(Creators);
            var created = await Task.WhenAll(Enumerable.Range(0, Creators).Select(creator => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return DurableFile.TryCreate(path, [(byte)creator]);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(1, created.Count(was => was));
            Assert.Equal([(byte)Array.IndexOf(created, true)], await File.ReadAllBytesAsync(path));
        }

        Assert.All(Directory.GetFiles(directory.Path), file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
    }

    [Fact]
    public void a_file_that_is_there_stays_as_it_is()
    {
        var path = Path.Combine(directory.Path, "there.json");
        Assert.True(DurableFile.TryCreate(path, "first"u8));
        Assert.False(DurableFile.TryCreate(path, "second"u8));
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(directory.Path));
    }
}

using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Local.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>Where keys come from, and what happens when they are not the right ones.</summary>
public sealed class StoreKeysTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    private static MasterKeys Keys(string text) => MasterKeys.Parse(
        text.Replace("{1}", Key(1), StringComparison.Ordinal).Replace("{2}", Key(2), StringComparison.Ordinal).Replace("{3}", Key(3), StringComparison.Ordinal) + $";address:{Key(9)}");

    [Fact]
    public void a_new_directory_gets_a_key_file_only_its_owner_can_read()
    {
        var path = Path.Combine(directory.Path, "new", "data");
        var first = StoreKeys.LoadOrCreate(path, environment: null);
        var again = StoreKeys.LoadOrCreate(path, environment: "");
        Assert.Equal(first.AddressSecret, again.AddressSecret);
        Assert.Equal(32, again.Unwrap("B", first.NewDataKey("B").Wrapped).Length);
        Assert.Equal(["keys.json"], Directory.GetFiles(path).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DataDirectory.KeyFile(path)));
    }

    [Fact]
    public async Task many_processes_starting_at_once_agree_on_the_keys()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => directory.Keys)));
        Assert.Single(keys.Select(key => Convert.ToHexString(key.AddressSecret)).Distinct(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void keys_of_the_environment_need_no_file()
    {
        var keys = StoreKeys.LoadOrCreate(directory.Path, $"k:{Key(1)};address:{Key(2)}");
        Assert.Equal("k", keys.ActiveId);
        Assert.Empty(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public async Task data_without_its_keys_does_not_get_new_ones()
    {
        await (await directory.OpenAsync()).DisposeAsync();
        File.Delete(DataDirectory.KeyFile(directory.Path));
        var error = Assert.Throws<KeysUnusableException>(() => directory.Keys);
        Assert.Contains("put the keys back", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(DataDirectory.KeyFile(directory.Path)));
    }

    [Theory]
    [InlineData("", "bad JSON")]
    [InlineData("{", "bad JSON")]
    [InlineData("null", "expected")]
    [InlineData("{}", "expected")]
    [InlineData("""{"active":"k","keys":{"k":"short"},"address":"AAAA"}""", "'k' is not 32 bytes")]
    [InlineData("""{"active":"other","keys":{},"address":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="}""", "'other' is not among the keys")]
    public void a_broken_key_file_is_explained(string content, string expected)
    {
        File.WriteAllText(DataDirectory.KeyFile(directory.Path), content);
        Assert.Contains(expected, Assert.Throws<KeysUnusableException>(() => directory.Keys).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task another_key_under_the_same_id_is_refused_at_once()
    {
        await Enrol(Keys("k:{1}"));
        var error = await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, Keys("k:{2}")));
        Assert.Contains("master key 'k' does not open", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, Keys("k:{2}"), readOnly: true));
    }

    [Fact]
    public async Task an_unknown_key_is_refused_at_once_and_named()
    {
        await Enrol(Keys("k:{1}"));
        var error = await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, Keys("j:{1}")));
        Assert.Contains("master key 'k', which is not among the keys given (j)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task another_address_key_is_refused_for_it_would_tear_addresses_apart()
    {
        await Enrol(Keys("k:{1}"));
        var other = MasterKeys.Parse($"k:{Key(1)};address:{Key(8)}");
        var error = await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, other));
        Assert.Contains("address key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task refused_keys_leave_the_directory_free()
    {
        await Enrol(Keys("k:{1}"));
        await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, Keys("k:{2}")));
        await using var store = await SqliteStore.OpenAsync(directory.Path, Keys("k:{1}"));
        Assert.NotNull((await store.LoadBorrowerAsync("B-1"))!.Details);
    }

    [Fact]
    public async Task after_one_start_with_a_new_active_key_the_old_one_is_needed_no_more()
    {
        await Enrol(Keys("old:{1}"), borrowers: 2500);
        await (await SqliteStore.OpenAsync(directory.Path, Keys("new:{2};old:{1}"))).DisposeAsync();
        await using (var store = await SqliteStore.OpenAsync(directory.Path, Keys("new:{2}")))
        {
            for (var i = 1; i <= 2500; i++) Assert.NotNull((await store.LoadBorrowerAsync($"B-{i}"))!.Details);
        }

        await Assert.ThrowsAsync<KeysUnusableException>(() => SqliteStore.OpenAsync(directory.Path, Keys("old:{1}")));
    }

    private async Task Enrol(MasterKeys keys, int borrowers = 1)
    {
        await using var store = await SqliteStore.OpenAsync(directory.Path, keys);
        await store.EnrolAsync([.. Enumerable.Range(1, borrowers).Select(i => Enrolment($"L-{i}", $"B-{i}"))], partial: false);
    }
}

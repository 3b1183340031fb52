using System.Security.Cryptography;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Application.Tests.Privacy;

public sealed class MasterKeysTests
{
    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    [Fact]
    public void the_first_key_is_active()
    {
        var keys = MasterKeys.Parse($"new:{Key(1)}; old:{Key(2)};address:{Key(3)}");
        Assert.Equal("new", keys.ActiveId);
        Assert.Equal("new", MasterKeys.IdOf(keys.NewDataKey("B-1").Wrapped));
    }

    [Fact]
    public void the_address_key_may_stand_first_and_is_never_active() =>
        Assert.Equal("new", MasterKeys.Parse($"address:{Key(3)};new:{Key(1)}").ActiveId);

    [Theory]
    [InlineData("", "no key given")]
    [InlineData(" ; ;", "no key given")]
    [InlineData("justtext", "expected 'id:base64'")]
    [InlineData(":AAAA", "expected 'id:base64'")]
    [InlineData("k1:not base64!", "'k1' is not 32 bytes")]
    [InlineData("k1:AAAA", "'k1' is not 32 bytes")]
    [InlineData("k1:", "'k1' is not 32 bytes")]
    [InlineData("k1:{1};k1:{2};address:{3}", "'k1' is given twice")]
    [InlineData("k1:{1}", "'address:base64' is missing")]
    [InlineData("address:{1}", "no key given")]
    [InlineData("ключ:{1};address:{3}", "an id must be")]
    [InlineData("a b:{1};address:{3}", "an id must be")]
    public void malformed_keys_are_explained_without_showing_them(string text, string expected)
    {
        for (byte i = 1; i <= 3; i++) text = text.Replace($"{{{i}}}", Key(i), StringComparison.Ordinal);
        var error = Assert.Throws<KeysUnusableException>(() => MasterKeys.Parse(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key(1), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_data_key_comes_back_from_its_wrapping()
    {
        var keys = MasterKeys.Parse($"k:{Key(1)};address:{Key(3)}");
        var (dataKey, wrapped) = keys.NewDataKey("B-1");
        Assert.Equal(32, dataKey.Length);
        Assert.Equal(dataKey, keys.Unwrap("B-1", wrapped));
        Assert.NotEqual(dataKey, keys.NewDataKey("B-1").DataKey);
    }

    [Fact]
    public void a_wrapped_key_is_of_its_borrower_only()
    {
        var keys = MasterKeys.Parse($"k:{Key(1)};address:{Key(3)}");
        Assert.Throws<KeysUnusableException>(() => keys.Unwrap("B-2", keys.NewDataKey("B-1").Wrapped));
    }

    [Fact]
    public void another_master_key_is_named_not_guessed()
    {
        var wrapped = MasterKeys.Parse($"k:{Key(1)};address:{Key(3)}").NewDataKey("B-1").Wrapped;
        var sameId = Assert.Throws<KeysUnusableException>(() => MasterKeys.Parse($"k:{Key(2)};address:{Key(3)}").Unwrap("B-1", wrapped));
        Assert.Contains("master key 'k' does not open", sameId.Message, StringComparison.Ordinal);
        var otherId = Assert.Throws<KeysUnusableException>(() => MasterKeys.Parse($"j:{Key(1)};address:{Key(3)}").Unwrap("B-1", wrapped));
        Assert.Contains("'k', which is not among the keys given (j)", otherId.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void rotation_wraps_anew_and_keeps_the_data_key_and_the_address_secret()
    {
        var before = MasterKeys.Parse($"old:{Key(1)};address:{Key(3)}");
        var between = MasterKeys.Parse($"new:{Key(2)};old:{Key(1)};address:{Key(3)}");
        var after = MasterKeys.Parse($"new:{Key(2)};address:{Key(3)}");
        var (dataKey, wrapped) = before.NewDataKey("B-1");
        var rewrapped = between.Rewrap("B-1", wrapped)!;
        Assert.Equal(dataKey, after.Unwrap("B-1", rewrapped));
        Assert.Null(after.Rewrap("B-1", rewrapped));
        Assert.Equal(before.AddressSecret, after.AddressSecret);
        Assert.NotEqual(before.AddressSecret, MasterKeys.Parse($"old:{Key(1)};address:{Key(4)}").AddressSecret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    public void what_is_no_wrapped_key_is_refused(byte first) =>
        Assert.Throws<CryptographicException>(() => MasterKeys.IdOf(first == 0 ? [] : new byte[] { first }));
}

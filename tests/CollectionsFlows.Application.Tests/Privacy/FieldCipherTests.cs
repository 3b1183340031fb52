using System.Security.Cryptography;
using CollectionsFlows.Application.Privacy;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Privacy;

public sealed class FieldCipherTests
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly FieldCipher Cipher = new(DataKey, "B-1");

    [Fact]
    public void what_is_sealed_opens_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll<byte[]>(plain => Cipher.Open("f", Cipher.Seal("f", plain)).AsSpan().SequenceEqual(plain)));

    [Fact]
    public void any_changed_bit_is_noticed()
    {
        var box = Cipher.Seal("f", "Invented Person"u8);
        for (var i = 0; i < box.Length * 8; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Throws<CryptographicException>(() => Cipher.Open("f", changed));
        }
    }

    [Fact]
    public void any_cut_is_noticed()
    {
        var box = Cipher.Seal("f", "Invented Person"u8);
        for (var length = 0; length < box.Length; length++) Assert.Throws<CryptographicException>(() => Cipher.Open("f", box.AsSpan(0, length)));
    }

    [Fact]
    public void a_ciphertext_opens_in_its_own_place_only()
    {
        var box = Cipher.Seal("details", "x"u8);
        Assert.Throws<CryptographicException>(() => Cipher.Open("message/1", box));
        Assert.Throws<CryptographicException>(() => new FieldCipher(DataKey, "B-2").Open("details", box));
        Assert.Throws<CryptographicException>(() => new FieldCipher(new byte[32], "B-1").Open("details", box));
    }

    [Fact]
    public void borrower_and_field_do_not_run_into_each_other()
    {
        var box = new FieldCipher(DataKey, "B:1").Seal("f", "x"u8);
        Assert.Throws<CryptographicException>(() => new FieldCipher(DataKey, "B").Open("1:f", box));
    }

    [Fact]
    public void the_same_words_never_look_the_same() => Assert.NotEqual(Cipher.Seal("f", "x"u8), Cipher.Seal("f", "x"u8));

    [Fact]
    public void the_error_tells_the_place_and_not_the_content()
    {
        var error = Assert.Throws<CryptographicException>(() => Cipher.Open("details", new byte[40]));
        Assert.Contains("'details' of borrower 'B-1'", error.Message, StringComparison.Ordinal);
    }
}

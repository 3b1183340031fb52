using CollectionsFlows.Functions.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Keys hold any id: different ids differ, they sort as ids do, and only harmless characters get there.</summary>
public sealed class KeyTextTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    /// <summary>Ids of every kind of unit, half surrogates too, near one another and up to beyond the cut.</summary>
    private static readonly Arbitrary<string> Ids = Gen.OneOf(
        Text(Gen.Elements("aAbBzZ019-/\\#?%!~$.:_{`^[@ \t\0\u007f\u0080é借\ud800\udc00\uffff".ToCharArray()), 6),
        Text(Gen.Choose(0, 0xffff).Select(unit => (char)unit), 12),
        Gen.Select(Text(Gen.Elements('a', '/', '借'), 4), end => new string('x', KeyText.Longest - 3) + end)).ToArbitrary();

    private static Gen<string> Text(Gen<char> unit, int longest) =>
        Gen.Choose(0, longest).SelectMany(length => unit.ArrayOf(length)).Select(units => new string(units));

    [Theory]
    [InlineData("L-1", "L-1")]
    [InlineData("", "$")]
    [InlineData("a/b", "a.2fb")]
    [InlineData("a b", "a$20b")]
    [InlineData("A:1", "A:3a1")]
    [InlineData("a_b", "a_5fb")]
    [InlineData("借", "~501f")]
    [InlineData("~", "~007e")]
    public void an_id_of_letters_and_digits_is_its_own_text_and_others_are_spelt_out(string id, string text) => Assert.Equal(text, KeyText.Of(id));

    [Fact]
    public void different_ids_have_different_texts() => Check.One(Many, Prop.ForAll(Ids, Ids, (x, y) => x == y == (KeyText.Of(x) == KeyText.Of(y))));

    [Fact]
    public void texts_sort_as_their_ids_do_and_so_do_keys_that_go_on_after_them() => Check.One(Many, Prop.ForAll(Ids, Ids, (x, y) =>
    {
        var (first, second) = (KeyText.SortsBy(x), KeyText.SortsBy(y));
        if (first.Length >= KeyText.Longest && first == second) return true;
        var expected = Math.Sign(string.CompareOrdinal(x, y));
        return Math.Sign(string.CompareOrdinal(KeyText.Of(x), KeyText.Of(y))) == expected
            && (expected == 0 || Math.Sign(string.CompareOrdinal($"list!{KeyText.Of(x)}!z", $"list!{KeyText.Of(y)}!0")) == expected);
    }));

    [Fact]
    public void a_text_that_was_not_cut_reads_back() =>
        Check.One(Many, Prop.ForAll(Ids, id => KeyText.Read(KeyText.Of(id)) is { } back ? back == id : KeyText.Of(id).Length > KeyText.Longest));

    [Fact]
    public void only_harmless_characters_and_never_too_many_get_into_a_key() => Check.One(Many, Prop.ForAll(Ids, Ids, (x, y) =>
        KeyText.Join(x, y) is { Length: <= 430 } text && text.All(unit => char.IsAsciiLetterOrDigit(unit) || "-$.:_~!".Contains(unit, StringComparison.Ordinal))));

    [Fact]
    public void ids_joined_are_told_apart_wherever_one_ends() => Check.One(Many, Prop.ForAll(Ids, Ids, Ids, (x, y, z) =>
        KeyText.Join(x + y, z) == KeyText.Join(x, y + z) == (y.Length == 0)));

    [Fact]
    public void no_row_key_outgrows_what_tables_take()
    {
        var id = new string('借', 5000);
        string[] keys =
        [
            TableLayout.WaitRow(DateTime.MaxValue.Ticks, id, id, id), TableLayout.Announcement(id, int.MaxValue, "0123456789abcdef"),
            TableLayout.DueRow(DateTime.MaxValue.Ticks, id, "0123456789abcdef"), TableLayout.Loan(id), TableLayout.InboxRow(id),
        ];
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 512));
    }
}

using CollectionsFlows.Functions.Evidence;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Functions.Tests.Evidence;

public sealed class EvidenceNamesTests
{
    [Theory]
    [InlineData("L-1", "L-1:7", "dossier.json", "L-1/L-1~003a7/dossier~002ejson")]
    [InlineData("..", "a/b", "", "~002e~002e/a~002fb/~")]
    [InlineData("a~b", "é", "a b", "a~007eb/~00e9/a~0020b")]
    public void a_name_is_plain_letters_and_reads_back(string loan, string dossier, string name, string blob)
    {
        Assert.Equal(blob, EvidenceNames.Of(loan, dossier, name));
        Assert.Equal((dossier, name), EvidenceNames.Read(blob));
    }

    [Fact]
    public void what_is_too_long_is_cut_stays_apart_and_does_not_read_back()
    {
        var (one, other) = (new string('x', 5000), new string('x', 5000) + "y");
        Assert.NotEqual(EvidenceNames.Of(one, one, one), EvidenceNames.Of(one, one, other));
        Assert.True(EvidenceNames.Of(one, one, one).Length <= 1024);
        Assert.Null(EvidenceNames.Read(EvidenceNames.Of(one, one, one)));
    }

    [Fact]
    public void different_documents_have_different_blobs_that_read_back()
    {
        var ids = ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>, NonNull<string>)>();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ids, ids, (one, other) =>
        {
            var (a, b) = (EvidenceNames.Of(one.Item1.Get, one.Item2.Get, one.Item3.Get), EvidenceNames.Of(other.Item1.Get, other.Item2.Get, other.Item3.Get));
            var same = one.Item1.Get == other.Item1.Get && one.Item2.Get == other.Item2.Get && one.Item3.Get == other.Item3.Get;
            var readable = EvidenceNames.Read(a) is not { } read || read == (one.Item2.Get, one.Item3.Get);
            return readable && (a == b) == same && a.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '~' or '/') && a.Count(c => c == '/') == 2;
        }));
    }
}

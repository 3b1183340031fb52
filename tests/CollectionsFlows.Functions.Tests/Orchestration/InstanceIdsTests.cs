using CollectionsFlows.Functions.Orchestration;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Instance ids are instance ids of the durable engine, keys of tables, segments of blob names and of URLs, whatever a lender calls its loans.</summary>
public sealed class InstanceIdsTests
{
    private const int Longest = 100;
    private const string Everywhere = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:~";

    private static readonly Gen<char> Characters = Gen.OneOf(
        Gen.Elements([.. "aZ09-_.:~@/\\#?%&+ '\"*^|é贷"]),
        Gen.Choose(0, char.MaxValue).Select(code => (char)code));

    private static readonly Gen<string> LoanIds =
        from length in Gen.Choose(0, 130)
        from characters in Gen.ArrayOf(Characters, length)
        select new string(characters);

    [Theory]
    [InlineData("L-1", "loan-L-1")]
    [InlineData("DE:2026_07", "loan-DE:2026_07")]
    [InlineData("a/b", "loan-a~002fb")]
    [InlineData("@x", "loan-~0040x")]
    [InlineData("~", "loan-~007e")]
    [InlineData("贷1", "loan-~8d371")]
    [InlineData("No 1.", "loan-No~00201~002e")] // A blob's folder must not end with a dot.
    public void plain_characters_stay_and_others_are_written_in_hexadecimal(string loanId, string instanceId)
    {
        Assert.Equal(instanceId, InstanceIds.Of(loanId));
        Assert.Equal(loanId, InstanceIds.LoanOf(instanceId));
    }

    [Fact]
    public void every_id_is_one_that_engine_tables_and_urls_take() => Check((loanId, instanceId) =>
    {
        Assert.InRange(instanceId.Length, 1, Longest);
        Assert.StartsWith("loan-", instanceId, StringComparison.Ordinal);
        Assert.All(instanceId, character => Assert.Contains(character, Everywhere));
    });

    [Fact]
    public void every_id_tells_its_loan_unless_it_is_a_hash() => Check((loanId, instanceId) =>
        Assert.Equal(instanceId.StartsWith("loan-~~", StringComparison.Ordinal) ? null : loanId, InstanceIds.LoanOf(instanceId)));

    [Fact]
    public void only_ids_that_would_be_too_long_are_hashed() => Check((loanId, instanceId) =>
    {
        var written = "loan-".Length + loanId.Sum(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or ':' ? 1 : 5);
        Assert.Equal(written > Longest, instanceId.StartsWith("loan-~~", StringComparison.Ordinal));
        Assert.Equal(written > Longest ? "loan-~~".Length + 64 : written, instanceId.Length);
    });

    [Fact]
    public void different_loans_have_different_ids()
    {
        // Neighbours: one character put in, taken out or changed.
        var pairs = from loanId in LoanIds
                    from at in Gen.Choose(0, loanId.Length)
                    from character in Characters
                    from keep in Gen.Choose(0, 1)
                    select (loanId, Other: loanId[..at] + character + loanId[Math.Min(loanId.Length, at + keep)..]);

        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(pairs.ToArbitrary(), pair =>
            Assert.Equal(pair.loanId == pair.Other, InstanceIds.Of(pair.loanId) == InstanceIds.Of(pair.Other))));
    }

    [Fact]
    public void long_ids_of_broken_characters_are_different_too() =>
        Assert.NotEqual(InstanceIds.Of(new string('x', 99) + '\ud800'), InstanceIds.Of(new string('x', 99) + '\ud801'));

    [Theory]
    [InlineData("")]
    [InlineData("L-1")]
    [InlineData("Loan-L-1")]
    [InlineData("@loan-L-1")]
    [InlineData("loan-~12")]
    [InlineData("loan-~")]
    [InlineData("loan-~zzzz")]
    [InlineData("loan-~ 12f")]
    [InlineData("loan-~0041")] // We write an A as an A.
    [InlineData("loan-~002F")]
    [InlineData("loan-a/b")]
    [InlineData("loan-~~0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void ids_that_are_not_ours_are_no_loan(string instanceId) => Assert.Null(InstanceIds.LoanOf(instanceId));

    private static void Check(Action<string, string> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(LoanIds.ToArbitrary(), loanId => holds(loanId, InstanceIds.Of(loanId))));
}

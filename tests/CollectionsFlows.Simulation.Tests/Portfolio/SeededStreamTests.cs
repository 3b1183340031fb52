using CollectionsFlows.Simulation.Portfolio;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

public class SeededStreamTests
{
    [Fact]
    public void the_numbers_are_those_of_the_published_algorithm()
    {
        // The test vector that goes round with SplitMix64: seed 1234567.
        var stream = new SeededStream(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => stream.Next()));
    }

    [Fact]
    public void numbers_stay_within_their_bounds() => Check.QuickThrowOnFailure(Prop.ForAll<ulong, int, byte>((seed, least, width) =>
    {
        var stream = new SeededStream(seed);
        least %= 1_000_000;
        return Enumerable.Range(0, 20).All(_ =>
            stream.Between(least, least + width) is var drawn && drawn >= least && drawn <= least + width
            && stream.Fraction() is >= 0 and < 1);
    }));

    [Fact]
    public void what_weighs_nothing_is_never_drawn_and_the_rest_as_often_as_it_weighs()
    {
        var stream = new SeededStream(7);
        var drawn = new int[4];
        for (var time = 0; time < 40_000; time++) drawn[stream.Weighted([0, 1, 3, 0])]++;

        Assert.Equal(0, drawn[0]);
        Assert.Equal(0, drawn[3]);
        // 10 000 expected, standard deviation √(40 000 · ¼ · ¾) = 87.
        Assert.InRange(drawn[1], 10_000 - 350, 10_000 + 350);
    }

    [Fact]
    public void streams_of_other_seeds_purposes_and_subjects_differ()
    {
        ulong[] first =
        [
            new SeededStream(1, "path", "L-1").Next(), new SeededStream(2, "path", "L-1").Next(),
            new SeededStream(1, "loan", "L-1").Next(), new SeededStream(1, "path", "L-2").Next(), new SeededStream(1, "L-1", "path").Next(),
        ];

        Assert.Equal(first.Length, first.Distinct().Count());
    }
}

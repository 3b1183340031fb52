using System.Text;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Journal;

/// <summary>One fact has one line, to the byte.</summary>
public sealed class JournalLineTests
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void the_lines_of_a_small_journal_hash_as_sha256sum_says()
    {
        // printf '%s' '…,"prev":""}' | sha256sum, then the same with that hash as the next line's prev.
        const string firstHash = "dcf9dcc30e91a26762f7d77116ed3acb0ed3d767e4794000e2040cf60d799111";
        const string secondHash = "920bdcacdac28813d23c026900b19fef90f8ca39d216c909a994f313d6b8a928";
        var first = JournalLine.Write("L-1", new RecordedFact(1, At, new CaseFact.StageEntered("reminder", 2)), JournalLine.NoPredecessor);
        var second = JournalLine.Write("L-1", new RecordedFact(2, At.AddHours(1), new CaseFact.CaseReopened("why")), first.Hash);

        Assert.Equal(
            $$"""{"loanId":"L-1","seq":1,"at":"2026-02-03T10:00:00+00:00","type":"stage.entered","data":{"stage":"reminder","daysPastDue":2},"prev":"","hash":"{{firstHash}}"}""",
            Encoding.UTF8.GetString(first.Line));
        Assert.Equal(
            $$"""{"loanId":"L-1","seq":2,"at":"2026-02-03T11:00:00+00:00","type":"case.reopened","data":{"why":"why"},"prev":"{{firstHash}}","hash":"{{secondHash}}"}""",
            Encoding.UTF8.GetString(second.Line));
    }

    [Fact]
    public void every_type_of_fact_comes_back_as_it_was_written()
    {
        foreach (var fact in AnyFacts.All())
        {
            var written = JournalLine.Write("L-1", new RecordedFact(3, At, fact), "aa");
            var (loanId, read, previous, hash) = JournalLine.Read(written.Line);
            Assert.Equal(("L-1", 3, "aa", written.Hash), (loanId, read.Seq, previous, hash));
            Assert.IsType(fact.GetType(), read.Fact);
            Assert.Equal(written.Line, JournalLine.Write(loanId, read, previous).Line);
        }
    }

    [Theory]
    [InlineData("贷款-42")]
    [InlineData("L-😀")]
    [InlineData("a\"b\\c\u0001\n")]
    [InlineData("<L&1>")]
    public void any_loan_id_survives(string loanId)
    {
        var written = JournalLine.Write(loanId, new RecordedFact(1, At, new CaseFact.CaseReopened("理由 \"quoted\"")), JournalLine.NoPredecessor);
        var (read, fact, previous, _) = JournalLine.Read(written.Line);
        Assert.Equal(loanId, read);
        Assert.DoesNotContain((byte)'\n', written.Line);
        Assert.Equal(written.Line, JournalLine.Write(read, fact, previous).Line);
    }

    [Fact]
    public void the_same_instant_in_another_offset_is_the_same_line() =>
        Assert.Equal(
            JournalLine.Write("L-1", new RecordedFact(1, At, new CaseFact.CaseReopened("x")), "").Line,
            JournalLine.Write("L-1", new RecordedFact(1, At.ToOffset(TimeSpan.FromHours(8)), new CaseFact.CaseReopened("x")), "").Line);

    [Fact]
    public void any_changed_byte_is_detected()
    {
        var lines = AnyFacts.All().Select(fact => JournalLine.Write("贷款-1", new RecordedFact(3, At, fact), new string('a', 64)).Line).ToList();
        var property = Prop.ForAll(
            (from line in Gen.Choose(0, lines.Count - 1)
             from place in Gen.Choose(0, lines[line].Length - 1)
             from with in Gen.Choose(0, 255)
             select (Line: line, Place: place, With: (byte)with)).ToArbitrary(),
            change =>
            {
                var changed = lines[change.Line].ToArray();
                if (changed[change.Place] == change.With) return true;
                changed[change.Place] = change.With;
                return !IsGenuine(changed);
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), property);
    }

    [Fact]
    public void any_dropped_or_doubled_byte_of_a_line_is_detected()
    {
        var line = JournalLine.Write("L-1", new RecordedFact(3, At, AnyFacts.All().First()), new string('a', 64)).Line;
        for (var place = 0; place < line.Length; place++)
        {
            Assert.False(IsGenuine([.. line[..place], .. line[(place + 1)..]]), $"dropped {place}");
            Assert.False(IsGenuine([.. line[..place], line[place], .. line[place..]]), $"doubled {place}");
        }
    }

    /// <summary>What a verifier does: the line, read and written again, is the same and carries the hash it says.</summary>
    private static bool IsGenuine(byte[] line)
    {
        try
        {
            var (loanId, fact, previous, hash) = JournalLine.Read(line);
            var again = JournalLine.Write(loanId, fact, previous);
            return again.Hash == hash && again.Line.AsSpan().SequenceEqual(line);
        }
        catch (JournalFormatException)
        {
            return false;
        }
    }
}

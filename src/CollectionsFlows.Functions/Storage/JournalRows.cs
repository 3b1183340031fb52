using System.Text;
using Azure.Data.Tables;
using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The facts of one step as one row, byte for byte.</summary>
internal static class JournalRows
{
    public static async ValueTask<TableEntity> WriteAsync(string loanId, IReadOnlyList<JournalEntry> facts, LargeValues values, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            foreach (var fact in facts)
            {
                writer.Write(fact.Hash);
                writer.Write(fact.Line.Length);
                writer.Write(fact.Line);
            }
        }

        var row = new TableEntity(TableLayout.Loan(loanId), TableLayout.JournalRow(facts[^1].Seq)) { ["First"] = facts[0].Seq, ["Count"] = facts.Count };
        await values.SetAsync(row, "Facts", bytes.ToArray(), cancellation);
        return row;
    }

    public static IEnumerable<JournalEntry> Read(string loanId, TableEntity row, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var (first, count) = (row.GetInt32("First")!.Value, row.GetInt32("Count")!.Value);
        for (var i = 0; i < count; i++)
        {
            var hash = reader.ReadString();
            yield return new JournalEntry(loanId, first + i, reader.ReadBytes(reader.ReadInt32()), hash);
        }
    }
}

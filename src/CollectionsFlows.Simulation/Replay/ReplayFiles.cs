using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Writes the files of a replay beside their names, and renames them when all are complete: a stopped replay leaves an earlier one whole.</summary>
internal sealed class ReplayFiles(string directory)
{
    private readonly List<string> written = [];

    /// <summary>Writes lines.</summary>
    /// <returns>SHA-256 of the file.</returns>
    public string Write(string name, string header, IEnumerable<string> lines)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open(name);
        Line(header);
        foreach (var line in lines)
        {
            Line(line);
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());

        void Line(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text + "\n");
            sha256.AppendData(bytes);
            file.Write(bytes);
        }
    }

    /// <summary>Writes pieces of another file in a given order.</summary>
    /// <returns>SHA-256 of the file.</returns>
    public string Write(string name, IEnumerable<(long Offset, int Length)> pieces, FileStream source)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open(name);
        source.Flush();
        foreach (var (offset, length) in pieces)
        {
            var bytes = new byte[length];
            source.Position = offset;
            source.ReadExactly(bytes);
            sha256.AppendData(bytes);
            file.Write(bytes);
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }

    public void Write(ReplaySummary summary)
    {
        using var file = Open("summary.json");
        JsonSerializer.Serialize(file, summary, ReplayJson.Default.ReplaySummary);
        file.Write("\n"u8);
    }

    public void PutInPlace()
    {
        foreach (var name in written)
        {
            File.Move(Partial(name), Path.Combine(directory, name), overwrite: true);
        }
    }

    private FileStream Open(string name)
    {
        written.Add(name);
        return new FileStream(Partial(name), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    private string Partial(string name) => Path.Combine(directory, $".{name}.partial");
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Where some lines stand in a file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(long Offset, int Length);

/// <summary>Writes the files of a replay beside their names, and renames them when all are complete: a stopped replay leaves an earlier one whole.</summary>
internal sealed class ReplayFiles(string directory)
{
    private readonly List<string> written = [];

    /// <summary>Writes pieces of another file in a given order.</summary>
    /// <returns>SHA-256 of the file.</returns>
    public string Write(string name, string? header, IEnumerable<Piece> pieces, SafeFileHandle source)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Open(name);
        if (header is not null)
        {
            Append(Encoding.UTF8.GetBytes(header + "\n"));
        }

        var bytes = new byte[1 << 12];
        foreach (var (offset, length) in pieces)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length, length));
            for (int done = 0, read; done < length; done += read)
            {
                read = RandomAccess.Read(source, bytes.AsSpan(done, length - done), offset + done);
                if (read == 0)
                {
                    throw new EndOfStreamException($"what was to become {name} is shorter than what was written of it");
                }
            }

            Append(bytes.AsSpan(0, length));
        }

        return Convert.ToHexStringLower(sha256.GetHashAndReset());

        void Append(ReadOnlySpan<byte> written)
        {
            sha256.AppendData(written);
            file.Write(written);
        }
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

namespace CollectionsFlows.Application.Intake;

/// <summary>A stream whose beginning has been looked at without being consumed.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream inner;
    private readonly byte[] head = new byte[4096];
    private readonly int length;
    private int position;

    public PeekedStream(Stream inner)
    {
        this.inner = inner;
        length = inner.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var content = head.AsSpan(0, length);
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        content = content.TrimStart(" \t\r\n"u8);
        FirstOfContent = content.IsEmpty && length < head.Length ? null : content.IsEmpty ? (byte)' ' : content[0];
    }

    /// <summary>The first byte that is neither byte order mark nor white space; null when there is none.</summary>
    public byte? FirstOfContent { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (position == length)
            return inner.Read(buffer);
        var count = Math.Min(buffer.Length, length - position);
        head.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

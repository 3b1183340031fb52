namespace CollectionsFlows.Application.Journal;

/// <summary>A fact as it is kept: one canonical JSON line whose hash chains it to its predecessor.</summary>
/// <param name="LoanId">The stream.</param>
/// <param name="Seq">The number in the stream, 1 for the first.</param>
/// <param name="Line">The line, UTF-8, without line feed: <c>{loanId, seq, at, type, data, prev, hash}</c>.</param>
/// <param name="Hash">SHA-256 of the line up to its hash, lower-case hex.</param>
public sealed record JournalEntry(string LoanId, int Seq, byte[] Line, string Hash);

using System.Globalization;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Where everything lies in Azure Tables. All ids in keys are <see cref="KeyText"/>; instants are UTC ticks, padded to sort.</summary>
/// <remarks>
/// <para><b>cases</b>: one partition per loan (<c>loan!ID</c>), so that a step is one entity-group transaction.</para>
/// <list type="bullet">
/// <item><c>case</c>: the snapshot: version, state, index, last hash, last sequence, next wake, the id of the step that wrote it, drained inbox rows still to be marked.</item>
/// <item><c>door</c>: the stamp of the last arrival and whether the loan is known; every arrival changes it, so arrivals have one order.</item>
/// <item><c>inbox!EVENT</c>: an event, once for ever: it waits (with its input), then it is marked drained (the input goes, the id stays).</item>
/// <item><c>journal!SEQ</c>: the facts of one step under the sequence of the last of them. A step's facts are one row (a blob when they are too
/// large for a row): however many facts, a step never outgrows its transaction by them.</item>
/// </list>
/// <para><b>events</b>: one partition per event id, row <c>claim</c>: which loan has it and with what body. It makes ids unique over all loans.</para>
/// <para><b>index</b>: derived from <b>cases</b> (<see cref="TablesStore.RebuildIndexAsync"/>), in <see cref="Shards"/> partitions (<c>index!N</c>)
/// by a hash of the loan id: a partition takes about 2 000 rows a second, and every row of one loan is in one partition, so that what a step
/// changes in the index is one request before the commit and one after. Readers merge the shards. Rows are supersets of the truth: they are
/// written before what they point at, carry the id of the step that wrote them, and are verified when read.</para>
/// <list type="bullet">
/// <item><c>due!TICKS!LOAN!STEP</c>: wakes, in their order.</item>
/// <item><c>wait!TICKS!LOAN!EVENT!BODY</c>: events waiting in the inbox of a known loan, by when they were received, with the event itself until it is delivered.</item>
/// <item><c>lost!LOAN!EVENT!BODY</c>: the same for a loan that is not known.</item>
/// <item><c>list!LOAN!VERSION</c>: what lists show; the highest version counts. <c>list!LOAN!VERSION!STEP</c> announces a step: whoever sees it looks at the case.</item>
/// </list>
/// <para><b>borrowers</b>: one partition per borrower (<c>who!ID</c>): <c>borrower</c> (version, wrapped key, details, profile), <c>applied!EVENT</c>,
/// <c>ledger!ID</c>, <c>message!COMMAND</c>, <c>text!EVENT!KIND</c>, <c>staged!STEP!N</c> (rows of a change too large for one transaction, see <see cref="BorrowerWrites"/>),
/// <c>loan!ID</c> (whose loans, see <see cref="BorrowersLoans"/>: written before the loan is there, verified when read).</para>
/// <para><b>addresses</b>: one partition per address key (<c>key!KEY</c>), a row per borrower: written before the borrower, verified when read.</para>
/// <para><b>settings</b>: <c>meta</c> rows by name; <c>imports</c>: the lock and the manifests of portfolios being taken in (<see cref="ImportDesk"/>).</para>
/// </remarks>
internal static class TableLayout
{
    /// <summary>Fixed: another number needs an empty index and a rebuild.</summary>
    public const int Shards = 8;

    public const string Case = "case";
    public const string Door = "door";
    public const string Inbox = "inbox!";
    public const string Journal = "journal!";
    public const string Claim = "claim";
    public const string Due = "due!";
    public const string Wait = "wait!";
    public const string Lost = "lost!";
    public const string List = "list!";
    public const string Borrower = "borrower";
    public const string Applied = "applied!";
    public const string Ledger = "ledger!";
    public const string Message = "message!";
    public const string Text = "text!";
    public const string Staged = "staged!";
    public const string Loans = "loan!";
    public const string Meta = "meta";
    public const string Imports = "imports";

    public static string Loan(string loanId) => "loan!" + KeyText.Of(loanId);

    public static string Event(string eventId) => "event!" + KeyText.Of(eventId);

    public static string Who(string borrowerId) => "who!" + KeyText.Of(borrowerId);

    public static string LoanOf(string loanId) => Loans + KeyText.Of(loanId);

    public static string Address(string addressKey) => "key!" + KeyText.Of(addressKey);

    public static string Shard(int number) => string.Create(CultureInfo.InvariantCulture, $"index!{number}");

    /// <summary>The shard of a loan. The hash must never change.</summary>
    public static string ShardOf(string loanId)
    {
        // FNV-1a over the UTF-16 units.
        var hash = 2166136261u;
        foreach (var unit in loanId) hash = unchecked((hash ^ unit) * 16777619u);
        return Shard((int)((hash ^ (hash >> 16)) % Shards));
    }

    public static string InboxRow(string eventId) => Inbox + KeyText.Of(eventId);

    public static string JournalRow(int lastSeq) => Journal + Padded(lastSeq);

    public static string DueRow(long ticks, string loanId, string step) => $"{Due}{Padded(ticks)}!{KeyText.Of(loanId)}!{step}";

    public static string WaitRow(long received, string loanId, string eventId, string body) => $"{Wait}{Padded(received)}!{KeyText.Join(loanId, eventId, body)}";

    public static string LostRow(string loanId, string eventId, string body) => Lost + KeyText.Join(loanId, eventId, body);

    public static string ListRow(string loanId, int version) => $"{List}{KeyText.Of(loanId)}!{Padded(version)}";

    public static string Announcement(string loanId, int version, string step) => $"{ListRow(loanId, version)}!{step}";

    /// <summary>The end of the keys that begin with <paramref name="prefix"/>, which ends in the separator.</summary>
    public static string End(string prefix) => prefix[..^1] + (char)(KeyText.Separator + 1);

    public static string Padded(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);

    public static string Padded(int number) => number.ToString("D10", CultureInfo.InvariantCulture);
}

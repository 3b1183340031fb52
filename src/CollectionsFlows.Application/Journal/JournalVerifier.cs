using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Journal;

/// <summary>
/// Checks journals line by line, trusting nothing that is written: each line must be canonical to the byte, hash to what it says, follow its
/// predecessor, fold into the case so far, and each contact is judged again from the inputs it recorded.
/// </summary>
/// <param name="packs">Every version of the packs and calendars at hand: each contact is judged by those it recorded.</param>
public sealed class JournalVerifier(PackArchive packs)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private string? loanId;
    private string lastHash = JournalLine.NoPredecessor;

    /// <summary>The case as folded so far.</summary>
    public CaseState? State { get; private set; }

    /// <summary>The hash of the last fact of the case.</summary>
    public string LastHash => lastHash;

    /// <summary>Facts checked.</summary>
    public int Facts { get; private set; }

    /// <summary>Cases begun.</summary>
    public int Cases { get; private set; }

    /// <summary>Contacts judged again.</summary>
    public int Contacts { get; private set; }

    /// <summary>Checks the next line; the lines of a case stand together, in sequence.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Check(ReadOnlySpan<byte> line)
    {
        string lineLoanId;
        RecordedFact fact;
        string previous;
        string hash;
        try
        {
            (lineLoanId, fact, previous, hash) = JournalLine.Read(line);
        }
        catch (JournalFormatException problem)
        {
            return problem.Message;
        }

        if (lineLoanId != loanId && Begin(lineLoanId) is { } refusal)
        {
            return refusal;
        }

        var where = $"fact {fact.Seq} of {lineLoanId}";
        if (previous != lastHash)
        {
            return $"{where} does not follow its predecessor: prev is {Short(previous)}, the fact before hashes to {Short(lastHash)}";
        }

        // Over the bytes as they stand, not over what today's shapes would write: shapes grow, old lines stay.
        var actual = JournalLine.HashOfLine(line);
        if (actual != hash)
        {
            return $"{where} was changed: it says {Short(hash)} and hashes to {Short(actual)}";
        }

        lastHash = hash;
        Facts++;
        var before = State;
        return Fold(where, fact) ?? Judge(where, fact, before);
    }

    private string? Begin(string next)
    {
        if (!seen.Add(next))
        {
            return $"the facts of {next} do not stand together";
        }

        (loanId, State, lastHash) = (next, null, JournalLine.NoPredecessor);
        Cases++;
        return null;
    }

    private string? Fold(string where, RecordedFact fact)
    {
        try
        {
            State = CaseEvolution.Evolve(State, fact);
        }
        catch (Exception problem) when (problem is InvalidOperationException or NullReferenceException or ArgumentException or KeyNotFoundException)
        {
            return $"{where} does not fold: {problem.Message}";
        }

        return fact.Fact switch
        {
            CaseFact.CaseOpened opened when opened.Terms.LoanId != loanId => $"{where} opens another loan, {opened.Terms.LoanId}",
            CaseFact.StatusChanged changed when changed.To != State.Status => $"{where} announces {changed.To}, the facts make it {State.Status}",
            _ => null,
        };
    }

    /// <summary>Judges a contact again from its recorded inputs.</summary>
    private string? Judge(string where, RecordedFact fact, CaseState? before)
    {
        if (fact.Fact is not CaseFact.ContactAttempted { Attempt: { } attempt })
        {
            return null;
        }

        if (attempt.Judged is not { } judged)
        {
            // Only what never came to the gate has nothing to show: no address, no words, settled meanwhile.
            return attempt.Result is ContactResult.Forbidden or ContactResult.Withdrawn ? null : $"{where} is a contact {attempt.Result} that says nothing of what the gate was asked";
        }

        Contacts++;
        if (Another(attempt, judged, before) is { } another)
        {
            return $"{where}: the gate was asked about another contact than the one recorded: {another}";
        }

        if (packs.Find(judged.Packs, judged.Request, out var problem) is not { } then)
        {
            return $"{where} {problem}";
        }

        var verdict = ContactGate.Judge(judged.Request, judged.History, judged.Profile, then, judged.Now);
        if (!verdict.Overrides.SequenceEqual(attempt.Overrides ?? []))
        {
            return $"{where}: judged again the contact rests on the overridden rules {Names(verdict.Overrides)}, recorded are {Names(attempt.Overrides ?? [])}";
        }

        if (attempt.Content is { Count: > 0 } rules)
        {
            return Refused(attempt, judged, verdict, rules) is { } refusal ? $"{where}: {refusal}" : null;
        }

        if (attempt is { Result: ContactResult.Deferred, Rule: ContactDecisions.CarrierLater })
        {
            // The gate allowed it; the carrier's word is nothing the inputs can prove.
            return verdict.Kind == VerdictKind.Allow ? null : $"{where}: judged again the contact is {verdict.Kind} by {verdict.Rule}, recorded is one the carrier had no room for";
        }

        var agrees = attempt.Result switch
        {
            ContactResult.Sent or ContactResult.Failed or ContactResult.Unknown => verdict.Kind == VerdictKind.Allow,
            ContactResult.Deferred => verdict.Kind == VerdictKind.Defer && (verdict.Until is null || verdict.Until == attempt.Until), // Unknown: asked again the next day.
            ContactResult.Forbidden => verdict.Kind == VerdictKind.Forbid,
            _ => true,
        };
        return agrees && verdict.Rule == attempt.Rule && verdict.Citations.SequenceEqual(attempt.Citations)
            ? null
            : $"{where}: judged again the contact is {verdict.Kind} by {verdict.Rule ?? "no rule"}, recorded is {attempt.Result} by {attempt.Rule ?? "no rule"}";
    }

    /// <summary>What tells the contact that was judged from the one the case asked for and recorded; null: they are one.</summary>
    private string? Another(ContactAttempt attempt, JudgedContact judged, CaseState? before)
    {
        var request = judged.Request;
        var asked = before?.Commands.Select(pending => pending.Command).OfType<CaseCommand.SendNotification>().FirstOrDefault(send => send.Id == attempt.CommandId);
        return request switch
        {
            { Direction: not Direction.Outbound } => "one that the borrower began",
            { Recipient: not Recipient.Debtor } => $"one to the {request.Recipient}",
            _ when request.DebtId != loanId => $"one about {request.DebtId}",
            _ when request.Channel != attempt.Channel => $"one by {request.Channel}",
            _ when attempt.TextSha256 is { } text && text != request.TextSha256 => "one with another text",
            _ when asked is not null && asked.Purpose != request.Purpose => $"one for {request.Purpose}, asked for was {asked.Purpose}",
            _ => null,
        };
    }

    /// <summary>
    /// A text that was refused is not in the journal, so it cannot be judged again here. What can be proven: the gate did not stop the contact,
    /// the hash names the text the gate was asked about, and the rules named are the ones the attempt cites.
    /// </summary>
    private static string? Refused(ContactAttempt attempt, JudgedContact judged, Verdict verdict, IReadOnlyList<string> rules)
    {
        if (attempt.Result != ContactResult.Forbidden)
        {
            return $"the text breaks {rules[0]}, recorded is {attempt.Result}";
        }

        if (verdict.Kind != VerdictKind.Allow)
        {
            return $"judged again the contact is {verdict.Kind} by {verdict.Rule}, recorded is a text that breaks {rules[0]}";
        }

        if (attempt.TextSha256 is null || attempt.TextSha256 != judged.Request.TextSha256)
        {
            return "the text that was refused is not the one that was judged";
        }

        return attempt.Rule == rules[0] && rules.SequenceEqual(attempt.Citations) && rules.Distinct().Count() == rules.Count && !rules.Any(string.IsNullOrWhiteSpace)
            ? null
            : $"the text breaks {string.Join(", ", rules)}, cited are {attempt.Rule}: {string.Join(", ", attempt.Citations)}";
    }

    private static string Names(IReadOnlyList<string> rules) => rules.Count == 0 ? "none" : string.Join(", ", rules);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : $"'{hash}'";
}

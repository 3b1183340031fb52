using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Intake;

/// <summary>Enrols the loans of a file under a policy. Importing the same file twice changes nothing.</summary>
public sealed class PortfolioImport(ICaseStore cases, IEnrolmentStore enrolments, EventIntake intake, IDoorbell doorbell, AddressKeys keys, TimeProvider time)
{
    /// <summary>Imports a file's loans: all of them, or none when anything is wrong and <paramref name="partial"/> is not asked for.</summary>
    /// <param name="file">What was read.</param>
    /// <param name="policy">The policy the cases enter with.</param>
    /// <param name="partial">Whether the good loans are imported although others are bad.</param>
    /// <param name="cancellation">Stops waiting; what is stored stays stored.</param>
    public ValueTask<ImportResult> ImportAsync(LoansFileResult file, PolicyReference policy, bool partial, CancellationToken cancellation = default) =>
        ImportAsync(file, _ => policy, partial, cancellation);

    /// <summary>The same with a policy for each loan.</summary>
    public async ValueTask<ImportResult> ImportAsync(
        LoansFileResult file, Func<LoanTerms, PolicyReference> policyOf, bool partial, CancellationToken cancellation = default)
    {
        if (file.Errors.Count > 0 && !partial)
            return new(0, 0, file.BadLoans, file.Errors);
        var now = time.GetUtcNow();
        var loans = file.Loans.Select(loan => EnrolmentOf(loan, policyOf(loan.Terms), now)).ToList();
        var waiting = (await cases.UnmatchedAsync(int.MaxValue, cancellation)).Select(item => item.LoanId).ToHashSet(StringComparer.Ordinal);
        var result = await enrolments.EnrolAsync(loans, partial, cancellation);
        var refused = result.Conflicts.ToHashSet(StringComparer.Ordinal);
        var lines = result.Conflicts.Count == 0 ? null : file.Loans.ToDictionary(loan => loan.Terms.LoanId, loan => loan.Line, StringComparer.Ordinal);
        var conflicts = result.Conflicts
            .Select(loanId => new InputError(lines![loanId], "loanId", $"loan {loanId} is enrolled with other terms; send loan.updated to change them"))
            .OrderBy(error => error.Line);
        if (result.Conflicts.Count == 0 || partial)
            await WakeAsync(loans.Where(loan => !refused.Contains(loan.Item.LoanId)), result.Unchanged > 0 ? null : waiting, cancellation);
        return new(result.Enrolled, result.Unchanged, file.BadLoans + result.Conflicts.Count, [.. file.Errors, .. conflicts]);
    }

    /// <summary>The enrolment of one loan. Its body covers terms, borrower and the policy's name: a newer version of the policy does not make a repeated import a conflict, the case keeps the version it has.</summary>
    public Enrolment EnrolmentOf(ImportedLoan loan, PolicyReference policy, DateTimeOffset now)
    {
        loan = loan.Separated();
        var borrower = loan.KeyedBorrower(keys);
        var opened = new CaseEvent.LoanEnrolled(loan.Terms, policy, ChannelsOf(borrower));
        var input = new CaseInput($"enrol:{loan.Terms.LoanId}", now, opened);
        return new(new InboxItem(loan.Terms.LoanId, input, now, BodyOf(loan, borrower, policy)), loan.WithZones(borrower)) { BorrowerId = loan.Terms.BorrowerId };
    }

    private static IReadOnlyList<Channel> ChannelsOf(BorrowerDetails borrower) =>
    [
        .. borrower.Addresses.Any(address => address.Channel == Channel.Sms) ? [Channel.Sms, Channel.Phone] : (IEnumerable<Channel>)[],
        .. borrower.Addresses.Where(address => address.Channel is not (Channel.Sms or Channel.Phone)).Select(address => address.Channel).Distinct().Order(),
    ];

    // The inbox holds no personal data, not even a hash of it that guesses could be tested against: the borrower enters as a keyed digest (S25).
    private string BodyOf(ImportedLoan loan, BorrowerDetails borrower, PolicyReference policy)
    {
        using var terms = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(loan.Terms, IntakeJson.Default.LoanTerms));
        var person = keys.Fingerprint(JsonSerializer.SerializeToUtf8Bytes(borrower, IntakeJson.Default.BorrowerDetails));
        byte[] body = [.. CanonicalJson.Bytes(terms.RootElement), .. Encoding.UTF8.GetBytes($"\n{policy.Name}\n{person}")];
        return Convert.ToHexStringLower(SHA256.HashData(body));
    }

    /// <summary>Only loans that events were waiting for have anything parked; an import that repeats another looks at all, because that one may have broken off just here.</summary>
    private async ValueTask WakeAsync(IEnumerable<Enrolment> loans, HashSet<string>? waiting, CancellationToken cancellation)
    {
        foreach (var loan in loans)
        {
            if (waiting?.Contains(loan.Item.LoanId) != false)
                await intake.AdoptParkedAsync(loan.Item.LoanId, loan.BorrowerId, cancellation);
            await doorbell.RingAsync(loan.Item.LoanId, cancellation);
        }
    }
}

/// <summary>What an import did.</summary>
/// <param name="Enrolled">Loans that are new.</param>
/// <param name="Unchanged">Loans that were imported before, the same.</param>
/// <param name="Refused">Loans left out because something is wrong with them.</param>
/// <param name="Errors">Everything wrong, by line; when there is any and the import was not partial, nothing was imported.</param>
public sealed record ImportResult(int Enrolled, int Unchanged, int Refused, IReadOnlyList<InputError> Errors);

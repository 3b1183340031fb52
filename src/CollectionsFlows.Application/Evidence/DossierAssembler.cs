using System.Security.Cryptography;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Application.Evidence;

/// <summary>
/// Assembles the evidence for a referral to court or a write-off and archives it, as JSON and as a page to read (S15, S19, S20).
/// The first <c>dossier.json</c> under a command's id is the dossier for good; the page is made of it alone, so a crash in between is healed by running again.
/// </summary>
public sealed class DossierAssembler(
    ICaseStore cases, IBorrowerStore borrowers, IEvidenceArchive archive, IPolicySource policies, LenderProfile lender, TimeProvider time)
{
    /// <summary>The document that counts.</summary>
    public const string JsonName = "dossier.json";

    /// <summary>The same to read and print.</summary>
    public const string HtmlName = "dossier.html";

    /// <summary>Archives the dossier of a command, once; again, it answers with the same receipt.</summary>
    /// <param name="state">The case that asks.</param>
    /// <param name="command"><see cref="CaseCommand.ReferToLegal"/> or <see cref="CaseCommand.WriteOff"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ArgumentException">Another command.</exception>
    /// <exception cref="InvalidOperationException">The journal is not as it was written.</exception>
    public async ValueTask<DossierReceipt> AssembleAsync(CaseState state, CaseCommand command, CancellationToken cancellation = default)
    {
        var place = new Place(state.Terms.BorrowerId, state.Terms.LoanId, command.Id);
        var json = await GetAsync(place, JsonName, cancellation)
            ?? await KeepFirstAsync(place, JsonName, DossierFile.Write(await ComposeAsync(state, command, cancellation)), cancellation);
        if (await GetAsync(place, HtmlName, cancellation) is null)
        {
            await KeepFirstAsync(place, HtmlName, DossierPage.Of(DossierFile.Read(json)), cancellation);
        }

        return new DossierReceipt(command.Id, Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    private async ValueTask<Dossier> ComposeAsync(CaseState state, CaseCommand command, CancellationToken cancellation)
    {
        var (loanId, borrowerId) = (state.Terms.LoanId, state.Terms.BorrowerId);
        var history = await CaseHistory.LoadAsync(cases, loanId, cancellation);
        var sources = new DossierSources(
            history.State, history.Facts, history.HeadHash, policies.Find(history.State.Policy), lender,
            await borrowers.LoadBorrowerAsync(borrowerId, cancellation),
            await borrowers.MessagesAsync(borrowerId, loanId, cancellation),
            await borrowers.TextsAsync(borrowerId, loanId, cancellation),
            time.GetUtcNow().ToUniversalTime());
        return DossierComposition.Of(sources, command);
    }

    private ValueTask<byte[]?> GetAsync(Place place, string name, CancellationToken cancellation) =>
        archive.GetAsync(place.BorrowerId, place.LoanId, place.DossierId, name, cancellation);

    /// <summary>Archives a document; where another run was faster, what that run wrote is the document.</summary>
    private async ValueTask<byte[]> KeepFirstAsync(Place place, string name, byte[] content, CancellationToken cancellation)
    {
        try
        {
            await archive.PutAsync(place.BorrowerId, place.LoanId, place.DossierId, name, content, cancellation);
            return content;
        }
        catch (InvalidOperationException)
        {
            if (await GetAsync(place, name, cancellation) is { } first)
            {
                return first;
            }

            throw;
        }
    }

    private sealed record Place(string BorrowerId, string LoanId, string DossierId);
}

/// <summary>What proves that a dossier is archived.</summary>
/// <param name="DossierId">The id of the command that asked for it.</param>
/// <param name="Sha256">Of <c>dossier.json</c>, lower-case hex.</param>
public sealed record DossierReceipt(string DossierId, string Sha256);

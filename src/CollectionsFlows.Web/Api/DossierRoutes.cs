using System.Security.Cryptography;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Reading the dossiers of a case: what was archived for a referral to court or a write-off, byte for byte (S15, S19, S20).</summary>
internal static class DossierRoutes
{
    /// <summary>A dossier's page brings its own style and needs nothing else; whatever else its words may hold does nothing.</summary>
    private static readonly OwnContentPolicy Alone = new("default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cases/{loanId}/dossiers", ListAsync).RequireAuthorization(AccessPolicies.ReadPersonal)
            .WithSummary("Dossiers archived for a case, oldest first, each document with its path").Produces<DossierListView>().Problems(404);
        routes.MapGet("/api/cases/{loanId}/dossiers/{dossierId}/{name}", DocumentAsync).RequireAuthorization(AccessPolicies.ReadPersonal).WithMetadata(Alone)
            .WithSummary("A document of a dossier as archived (personal data); Repr-Digest has its SHA-256").Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: "text/html").Problems(404, 410, 500);
    }

    private static async Task<IResult> ListAsync(
        string loanId, HttpContext context, ICaseQueries queries, IEvidenceArchive archive, CancellationToken cancellation)
    {
        var id = LoanPath.IdOf(context);
        return await queries.InstanceAsync(id, cancellation) is null
            ? ProblemResult.UnknownLoan()
            : JsonAnswer.Of(await DossiersOfAsync(archive, id, cancellation), WebJson.Answers.DossierListView);
    }

    private static async Task<IResult> DocumentAsync(
        string loanId, string dossierId, string name, HttpContext context, ICaseQueries queries, IEvidenceArchive archive, CancellationToken cancellation)
    {
        var loan = LoanPath.IdOf(context);
        if (await queries.DetailAsync(loan, cancellation) is not { } detail)
            return ProblemResult.UnknownLoan();
        var dossier = LoanPath.IdOf(context, nameof(dossierId));
        // Looked up first: what was archived and cannot be opened any more was the borrower's, whose key is destroyed (S25).
        if (!(await archive.ListAsync(loan, cancellation)).Contains((dossier, name)))
            return ProblemResult.Of(404, "unknown-dossier", "No such document", "the case has no dossier with a document of this name; /dossiers of the case lists them");
        byte[]? content;
        try
        {
            content = await archive.GetAsync(detail.BorrowerId, loan, dossier, name, cancellation);
        }
        catch (CryptographicException)
        {
            return ProblemResult.Of(500, "evidence-damaged", "Not what was archived", "the document was changed or moved since it was archived; leave the storage as it is and have somebody look at it");
        }

        if (content is null)
            return ProblemResult.Of(410, "erased", "Erased", "the borrower's data was erased; the document cannot be read any more");
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:"; // RFC 9530
        return name == DossierAssembler.HtmlName ? TypedResults.Bytes(content, "text/html; charset=utf-8") : TypedResults.Bytes(content, "application/json");
    }

    /// <summary>The dossiers of a loan in the order of their ids, which is the order they were asked for.</summary>
    public static async ValueTask<DossierListView> DossiersOfAsync(IEvidenceArchive archive, string loanId, CancellationToken cancellation)
    {
        var documents = await archive.ListAsync(loanId, cancellation);
        return new([.. documents.GroupBy(document => document.DossierId, StringComparer.Ordinal).OrderBy(dossier => SequenceOf(dossier.Key))
            .Select(dossier => new DossierRow(dossier.Key, [.. dossier.Select(document => new DossierDocument(document.Name, PathOf(loanId, dossier.Key, document.Name)))]))]);
    }

    private static string PathOf(string loanId, string dossierId, string name) =>
        $"/api/cases/{LoanPath.Encode(loanId)}/dossiers/{LoanPath.Encode(dossierId)}/{LoanPath.Encode(name)}";

    /// <summary>A dossier has the id of its command, which ends in the number of the fact that asked for it.</summary>
    private static int SequenceOf(string dossierId) => int.TryParse(dossierId.AsSpan(dossierId.LastIndexOf(':') + 1), out var sequence) ? sequence : int.MaxValue;
}

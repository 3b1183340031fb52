using System.Buffers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Reading a case's journal: the stored lines, byte for byte, so that their hashes can be checked by the reader.</summary>
internal static class JournalRoutes
{
    private const string Ndjson = "application/x-ndjson";
    private const int MostFacts = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cases/{loanId}/journal", JournalAsync).RequireAuthorization(AccessPolicies.Read)
            .WithSummary("Facts of a case in sequence, as stored; a Link header leads to the next page; Accept: application/x-ndjson gives lines")
            .Produces<IReadOnlyList<JournalLine>>().Problems(400, 404);

    private static async Task<IResult> JournalAsync(
        string loanId, string? afterSeq, string? limit, HttpContext context, ICaseStore cases, ICaseQueries queries, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var after = reader.Number("afterSeq", afterSeq, 0, int.MaxValue) ?? 0;
        var most = reader.Number("limit", limit, 1, MostFacts) ?? MostFacts;
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");

        var id = LoanPath.IdOf(context);
        var facts = await cases.JournalAsync(id, after, most, cancellation);
        if (facts.Count == 0 && await queries.InstanceAsync(id, cancellation) is null)
            return ProblemResult.UnknownLoan();
        if (facts.Count == most)
            context.Response.Headers.Link = $"</api/cases/{LoanPath.Encode(id)}/journal?afterSeq={facts[^1].Seq}&limit={most}>; rel=\"next\"";
        var asLines = context.Request.Headers.Accept.ToString().Contains(Ndjson, StringComparison.OrdinalIgnoreCase);
        return TypedResults.Bytes(asLines ? Lines(facts) : Array(facts), asLines ? Ndjson : "application/json; charset=utf-8");
    }

    private static ReadOnlyMemory<byte> Array(IReadOnlyList<JournalEntry> facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("["u8);
        for (var index = 0; index < facts.Count; index++)
        {
            if (index > 0)
                buffer.Write(",\n"u8);
            buffer.Write(facts[index].Line);
        }

        buffer.Write("]"u8);
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Lines(IReadOnlyList<JournalEntry> facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var fact in facts)
        {
            buffer.Write(fact.Line);
            buffer.Write("\n"u8);
        }

        return buffer.WrittenMemory;
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Web.Tests.Api;

/// <summary>Lawyers and auditors read what was archived (S15, S19, S20): byte for byte, and only who may read personal data.</summary>
public class DossierApiTests
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"dossierId":"L-1:12"}""");
    private static readonly byte[] Html = Encoding.UTF8.GetBytes("<!DOCTYPE html><html><style>p{color:red}</style><p>loan L-1</p></html>");

    [Fact]
    public async Task a_dossier_is_listed_and_each_document_is_what_was_archived()
    {
        await using var host = await WithDossierAsync("L-1");
        var list = await host.GetAsync(Role.Auditor, "/api/cases/L-1/dossiers").JsonAsync();
        var dossier = Assert.Single(list.GetProperty("dossiers").EnumerateArray());
        Assert.Equal("L-1:12", dossier.Text("dossierId"));
        var documents = dossier.GetProperty("documents").EnumerateArray().ToDictionary(each => each.Text("name")!, each => each.Text("path")!, StringComparer.Ordinal);
        Assert.Equal(["dossier.html", "dossier.json"], documents.Keys.Order(StringComparer.Ordinal));

        var page = await host.GetAsync(Role.Auditor, documents["dossier.html"]);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Equal(Html, await page.Content.ReadAsByteArrayAsync());

        var json = await host.GetAsync(Role.Auditor, documents["dossier.json"]);
        Assert.Equal("application/json", json.Content.Headers.ContentType!.ToString());
        Assert.Equal(Json, await json.Content.ReadAsByteArrayAsync());
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(Json))}:", json.Headers.GetValues("Repr-Digest").Single());
    }

    [Fact]
    public async Task the_page_may_be_styled_by_itself_and_nothing_else()
    {
        await using var host = await WithDossierAsync("L-1");
        var policy = (await host.GetAsync(Role.Agent, "/api/cases/L-1/dossiers/L-1%3A12/dossier.html")).Headers.GetValues("Content-Security-Policy").Single();
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox", policy);
        var others = (await host.GetAsync(Role.Agent, "/api/cases/L-1/dossiers")).Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe-inline", others, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Role.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Role.Agent, HttpStatusCode.OK)]
    [InlineData(Role.Supervisor, HttpStatusCode.OK)]
    [InlineData(Role.Auditor, HttpStatusCode.OK)]
    public async Task only_who_may_read_personal_data_reads_dossiers(Role? role, HttpStatusCode expected)
    {
        await using var host = await WithDossierAsync("L-1");
        Assert.Equal(expected, (await host.GetAsync(role, "/api/cases/L-1/dossiers")).StatusCode);
        Assert.Equal(expected, (await host.GetAsync(role, "/api/cases/L-1/dossiers/L-1%3A12/dossier.json")).StatusCode);
    }

    [Fact]
    public async Task what_is_not_there_is_said()
    {
        await using var host = await WithDossierAsync("L-1");
        await host.AddCaseAsync("L-2");
        await host.GetAsync(Role.Agent, "/api/cases/L-9/dossiers").ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
        await host.GetAsync(Role.Agent, "/api/cases/L-9/dossiers/L-1%3A12/dossier.json").ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
        await host.GetAsync(Role.Agent, "/api/cases/L-1/dossiers/L-1%3A13/dossier.json").ProblemAsync(HttpStatusCode.NotFound, "unknown-dossier");
        await host.GetAsync(Role.Agent, "/api/cases/L-1/dossiers/L-1%3A12/..%2Fdossier.json").ProblemAsync(HttpStatusCode.NotFound, "unknown-dossier");
        await host.GetAsync(Role.Agent, "/api/cases/L-2/dossiers/L-1%3A12/dossier.json").ProblemAsync(HttpStatusCode.NotFound, "unknown-dossier");
        Assert.Empty((await host.GetAsync(Role.Agent, "/api/cases/L-2/dossiers").JsonAsync()).GetProperty("dossiers").EnumerateArray());
    }

    [Fact]
    public async Task the_dossier_of_an_erased_borrower_is_gone()
    {
        await using var host = await WithDossierAsync("L-1");
        await host.AddMessageAsync();
        await host.Store.EraseBorrowerAsync("B-1");
        await host.GetAsync(Role.Auditor, "/api/cases/L-1/dossiers/L-1%3A12/dossier.json").ProblemAsync(HttpStatusCode.Gone, "erased");
    }

    [Fact]
    public async Task a_document_that_was_tampered_with_is_not_shown()
    {
        await using var host = await RunningHost.StartAsync(also: services => services.AddSingleton<IEvidenceArchive>(new Tampered()));
        await host.AddCaseAsync("L-1");
        await host.GetAsync(Role.Auditor, "/api/cases/L-1/dossiers/L-1%3A12/dossier.json").ProblemAsync(HttpStatusCode.InternalServerError, "evidence-damaged");
    }

    [Fact]
    public async Task an_id_with_slashes_and_percents_is_found_by_the_path_the_list_gives()
    {
        const string LoanId = "A/B %2F?#1";
        await using var host = await WithDossierAsync(LoanId);
        var list = await host.GetAsync(Role.Agent, $"/api/cases/{Uri.EscapeDataString(LoanId)}/dossiers").JsonAsync();
        foreach (var document in Assert.Single(list.GetProperty("dossiers").EnumerateArray()).GetProperty("documents").EnumerateArray())
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(Role.Agent, document.Text("path")!)).StatusCode);
    }

    [Fact]
    public async Task a_case_s_page_leads_to_its_dossiers_for_who_may_read_them()
    {
        await using var host = await WithDossierAsync("L-1");
        var page = await (await host.GetAsync(Role.Supervisor, "/cases/L-1")).Content.ReadAsStringAsync();
        Assert.Contains("href=\"/api/cases/L-1/dossiers/L-1%3A12/dossier.html\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/dossiers/", await (await host.GetAsync(Role.Viewer, "/cases/L-1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<RunningHost> WithDossierAsync(string loanId)
    {
        var host = await RunningHost.StartAsync();
        await host.AddCaseAsync(loanId);
        foreach (var (name, content) in new[] { (DossierAssembler.JsonName, Json), (DossierAssembler.HtmlName, Html) })
            await host.Evidence.PutAsync("B-1", loanId, $"{loanId}:12", name, content);
        return host;
    }

    /// <summary>An archive whose document is there and is not what was written.</summary>
    private sealed class Tampered : IEvidenceArchive
    {
        public ValueTask<string> PutAsync(
            string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) => throw new InvalidOperationException();

        public ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default) =>
            throw new CryptographicException("it was changed");

        public ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default) =>
            new([("L-1:12", DossierAssembler.JsonName)]);
    }
}

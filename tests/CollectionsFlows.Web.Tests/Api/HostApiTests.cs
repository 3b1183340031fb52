using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Api;

public class HostApiTests
{
    [Theory]
    [InlineData("""{"advance":"P1D"}""", "2026-03-11T12:00:00+00:00")]
    [InlineData("""{"advance":"PT36H"}""", "2026-03-12T00:00:00+00:00")]
    [InlineData("""{"to":"2026-04-01T00:00:00+08:00"}""", "2026-03-31T16:00:00+00:00")]
    [InlineData("""{"to":"2026-03-10T12:00:00Z"}""", "2026-03-10T12:00:00+00:00")]
    public async Task a_virtual_clock_moves_on(string body, string now)
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        var clock = await host.PostAsync(Role.Supervisor, "/api/clock", body).JsonAsync();
        Assert.Equal("virtual", clock.Text("kind"));
        Assert.Equal(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), clock.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(clock.Text("now"), (await host.GetAsync(Role.Viewer, "/api/clock").JsonAsync()).Text("now"));
    }

    [Theory]
    [InlineData("""{"advance":"P1M"}""", "$.advance")]
    [InlineData("""{"to":"2026-03-10T11:59:59Z"}""", "$.to")]
    [InlineData("""{"to":"2026-03-11T12:00:00"}""", "$.to")]
    [InlineData("""{"to":"2026-03-11"}""", "$.to")]
    [InlineData("""{"to":"9999-01-01T00:00:00Z"}""", "$.to")]
    [InlineData("""{"advance":1}""", "$")]
    [InlineData("""{"advance":"P1D","to":"2026-04-01T00:00:00Z"}""", "$")]
    [InlineData("""{"back":"P1D"}""", "$")]
    [InlineData("""{}""", "$")]
    public async Task a_move_that_is_not_clear_moves_nothing(string body, string path)
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        Assert.Equal([path], (await host.PostAsync(Role.Supervisor, "/api/clock", body).ProblemAsync(HttpStatusCode.BadRequest, "invalid-input")).Fields());
        Assert.Equal("2026-03-10T12:00:00+00:00", (await host.GetAsync(Role.Viewer, "/api/clock").JsonAsync()).Text("now"));
    }

    [Fact]
    public async Task real_time_is_read_and_not_moved()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Equal("real", (await host.GetAsync(Role.Viewer, "/api/clock").JsonAsync()).Text("kind"));
        await host.PostAsync(Role.Supervisor, "/api/clock", """{"advance":"P1D"}""").ProblemAsync(HttpStatusCode.Conflict, "clock-is-real");
    }

    [Theory]
    [InlineData("text/csv", "loanId,…\n", PortfolioFormat.Csv)]
    [InlineData("text/csv; charset=utf-8", "{", PortfolioFormat.Csv)]
    [InlineData("application/x-ndjson", "{}", PortfolioFormat.Ndjson)]
    [InlineData("application/x-www-form-urlencoded", "loanId,…\n", PortfolioFormat.Csv)]
    [InlineData("application/x-www-form-urlencoded", "{}", PortfolioFormat.Ndjson)]
    [InlineData(null, "\uFEFF\r\n {\"loanId\":1}", PortfolioFormat.Ndjson)]
    [InlineData(null, "x", PortfolioFormat.Csv)]
    [InlineData("text/csv", "", PortfolioFormat.Csv)]
    [InlineData(null, "", PortfolioFormat.Csv)]
    public async Task a_loans_file_is_imported_by_its_type_or_its_first_character(string? contentType, string file, PortfolioFormat format)
    {
        await using var host = await RunningHost.StartAsync();
        host.Ports.Outcome = new(2, 1, []);
        var done = await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans?policy=first-days", File(file, contentType)).JsonAsync();
        Assert.Equal((2, 1), (done.GetProperty("enrolled").GetInt32(), done.GetProperty("unchanged").GetInt32()));
        Assert.Equal((file.TrimStart('\uFEFF'), format, "first-days", false), host.Ports.Imported);
    }

    [Fact]
    public async Task every_bad_row_is_listed_and_a_partial_import_says_what_it_left_out()
    {
        await using var host = await RunningHost.StartAsync();
        host.Ports.Outcome = new(0, 0, [new(3, "dueOn", "expected a date"), new(7, "", "too few columns")]);
        var problem = await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans", File("x", "text/csv")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-loans");
        Assert.Equal(["dueOn", ""], problem.Fields());
        Assert.Equal(3, problem.GetProperty("errors")[0].GetProperty("line").GetInt32());
        var done = await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans?partial=true", File("x", "text/csv")).JsonAsync();
        Assert.Equal(2, done.GetProperty("errors").GetArrayLength());
        Assert.True(host.Ports.Imported!.Value.Partial);
    }

    [Fact]
    public async Task a_file_of_another_kind_size_or_question_is_refused()
    {
        await using var host = await RunningHost.StartAsync();
        await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans", File("x", "application/pdf")).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans?partial=yes", File("x", "text/csv")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
        await host.SendAsync(Role.Supervisor, HttpMethod.Post, "/api/loans", File(new string('x', (1024 * 1024) + 1), "text/csv")).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task unknown_routes_and_methods_are_problems_too()
    {
        await using var host = await RunningHost.StartAsync();
        await host.GetAsync(null, "/api/nothing").ProblemAsync(HttpStatusCode.NotFound, "no-such-route");
        await host.GetAsync(null, "/api/webhooks/payments").ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        using var answer = await host.SendAsync(null, HttpMethod.Delete, "/api/cases");
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task an_unforeseen_failure_shows_and_logs_nothing_of_what_was_sent()
    {
        await using var host = await RunningHost.StartAsync();
        host.Queries.Failure = new InvalidOperationException("Invented Person, +12025550101");
        var problem = await host.GetAsync(Role.Viewer, "/api/cases/L-1").ProblemAsync(HttpStatusCode.InternalServerError, "internal-error");
        Assert.NotEmpty(problem.Text("traceId"));
        Assert.DoesNotContain("Invented", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("StandIn", problem.GetRawText(), StringComparison.Ordinal);
        lock (host.Log)
        {
            Assert.Contains(host.Log, line => line.Contains(problem.Text("traceId"), StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
            Assert.DoesNotContain(host.Log, line => line.Contains("Invented Person", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task the_access_log_names_who_and_what_but_no_query()
    {
        await using var host = await RunningHost.StartAsync();
        await host.GetAsync(Role.Viewer, "/api/cases?q=secret-search").JsonAsync();
        // The line is written after the answer is sent.
        for (var wait = 0; wait < 100 && !Logged(host, "GET /api/cases 200 "); wait++)
            await Task.Delay(20);
        Assert.True(Logged(host, "GET /api/cases 200 "));
        Assert.True(Logged(host, "Viewer One"));
        Assert.False(Logged(host, "secret-search"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/sign-in")]
    [InlineData("/api/nothing")]
    [InlineData("/api/cases")]
    public async Task every_answer_has_the_security_headers(string path)
    {
        await using var host = await RunningHost.StartAsync();
        using var answer = await host.GetAsync(null, path);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task the_openapi_document_has_every_route_of_the_contract()
    {
        await using var host = await RunningHost.StartAsync();
        var document = await host.GetAsync(Role.Viewer, "/openapi/v1.json").JsonAsync();
        var paths = document.GetProperty("paths");
        foreach (var path in new[]
                 {
                     "/api/webhooks/payments", "/api/webhooks/messages", "/api/loans", "/api/cases", "/api/cases/{loanId}", "/api/cases/{loanId}/journal",
                     "/api/cases/{loanId}/orchestration", "/api/cases/{loanId}/messages", "/api/cases/{loanId}/events", "/api/tasks", "/api/approvals", "/api/kpis",
                     "/api/unmatched", "/api/clock", "/health/live", "/health/ready",
                 })
            Assert.True(paths.TryGetProperty(path, out _), path);

        var webhook = paths.GetProperty("/api/webhooks/payments").GetProperty("post");
        Assert.Equal(["200", "202", "400", "401", "409", "413"], webhook.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
        Assert.False(webhook.TryGetProperty("security", out _));
        Assert.True(webhook.TryGetProperty("requestBody", out _));
        var cases = paths.GetProperty("/api/cases").GetProperty("get");
        Assert.Equal(1, cases.GetProperty("security").GetArrayLength());
        Assert.Equal(["minDpd", "page", "pageSize", "q", "sort", "stage", "status"], cases.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")).Order(StringComparer.Ordinal));
        Assert.True(document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("bearer", out _));
    }

    private static bool Logged(RunningHost host, string text)
    {
        lock (host.Log)
            return host.Log.Exists(line => line.Contains(text, StringComparison.Ordinal));
    }

    private static ByteArrayContent File(string text, string? contentType) => new(Encoding.UTF8.GetBytes(text))
    {
        Headers = { ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType) },
    };
}

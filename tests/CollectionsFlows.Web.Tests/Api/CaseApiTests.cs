using System.Net;
using System.Text;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Api;

public class CaseApiTests
{
    [Fact]
    public async Task a_list_is_filtered_sorted_and_paged()
    {
        await using var host = await RunningHost.StartAsync();
        // It is 2026-03-10 for the cases: 10, 28 and no days past due.
        await host.AddCaseAsync("L-1", countedFrom: new(2026, 2, 28), overdue: 10m);
        await host.AddCaseAsync("L-2", countedFrom: new(2026, 2, 10), overdue: 20m);
        await host.AddCaseAsync("L-3", CaseStatus.WrittenOff, countedFrom: null, overdue: 0m);

        var list = await host.GetAsync(Role.Viewer, "/api/cases").JsonAsync();
        Assert.Equal(3, list.GetProperty("total").GetInt32());
        Assert.Equal([10, 28, 0], list.GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("daysPastDue").GetInt32()));
        Assert.Equal("written-off", list.GetProperty("cases")[2].Text("status"));
        Assert.Equal("step", list.GetProperty("cases")[0].GetProperty("nextAction").Text("kind"));

        Assert.Equal(["L-2", "L-1", "L-3"], await IdsAsync(host, "?sort=-daysPastDue"));
        Assert.Equal(["L-1", "L-2"], await IdsAsync(host, "?status=collecting"));
        Assert.Equal(["L-2"], await IdsAsync(host, "?minDpd=11&status=collecting&stage=reminders"));
        Assert.Equal(["L-3"], await IdsAsync(host, "?q=l-3&status=&sort=&page="));
        Assert.Equal(["L-3"], await IdsAsync(host, "?pageSize=2&page=2"));
        Assert.Empty(await IdsAsync(host, "?pageSize=2&page=3"));
    }

    [Fact]
    public async Task every_wrong_parameter_is_listed()
    {
        await using var host = await RunningHost.StartAsync();
        var problem = await host.GetAsync(Role.Viewer, "/api/cases?status=late&minDpd=-1&sort=name&page=0&pageSize=501").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
        Assert.Equal(["minDpd", "page", "pageSize", "sort", "status"], problem.Fields().Order());
    }

    [Fact]
    public async Task a_case_has_every_field_of_the_contract()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        var detail = await host.GetAsync(Role.Viewer, "/api/cases/L-1").JsonAsync();
        foreach (var field in "loanId status stage daysPastDue overdue balance risk policy nextAction holds promise plan tasks approvals lastContactAt openedAt closedReason".Split(' '))
            Assert.True(detail.TryGetProperty(field, out _), field);
        Assert.Equal("500.50", detail.GetProperty("overdue").GetRawText());
        Assert.Equal("the <second> reminder falls due", detail.GetProperty("nextAction").Text("why"));
        Assert.Equal("2026-01-05T08:00:00+00:00", detail.Text("openedAt"));
    }

    [Fact]
    public async Task answers_are_readable_as_they_are()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        var text = await (await host.GetAsync(Role.Viewer, "/api/cases/L-1")).Content.ReadAsStringAsync();
        Assert.Contains("\"2026-01-05T08:00:00+00:00\"", text, StringComparison.Ordinal);
        Assert.Contains("\"the <second> reminder falls due\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_durable_instance_is_shown()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        var instance = await host.GetAsync(Role.Viewer, "/api/cases/L-1/orchestration").JsonAsync();
        Assert.Equal("loan-L-1", instance.Text("instanceId"));
        foreach (var field in "runtimeStatus wakeAt pendingInbox pendingCommands lastStepAt".Split(' '))
            Assert.True(instance.TryGetProperty(field, out _), field);
    }

    [Theory]
    [InlineData("/api/cases/L-9")]
    [InlineData("/api/cases/L-9/journal")]
    [InlineData("/api/cases/L-9/orchestration")]
    [InlineData("/api/cases/L-9/messages")]
    public async Task an_unknown_loan_is_not_found(string path)
    {
        await using var host = await RunningHost.StartAsync();
        await host.GetAsync(Role.Auditor, path).ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
    }

    [Theory]
    [InlineData("A/B")]
    [InlineData("A%2FB")]
    [InlineData("a b+c&d=e?f#g")]
    [InlineData("贷款-1")]
    [InlineData("%")]
    [InlineData("100%25")]
    [InlineData("<script>")]
    public async Task any_loan_id_can_be_written_into_a_path(string loanId)
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync(loanId);
        var path = $"/api/cases/{Uri.EscapeDataString(loanId)}";
        Assert.Equal(loanId, (await host.GetAsync(Role.Agent, path).JsonAsync()).Text("loanId"));
        Assert.Equal(2, (await host.GetAsync(Role.Agent, $"{path}/journal").JsonAsync()).GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(Role.Agent, $"/cases/{Uri.EscapeDataString(loanId)}")).StatusCode);
    }

    [Fact]
    public async Task the_journal_is_sent_byte_for_byte_as_it_is_stored()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        var lines = SampleCases.Lines("L-1");
        Assert.Equal($"[{lines[0]},\n{lines[1]}]", await TextAsync(host.GetAsync(Role.Viewer, "/api/cases/L-1/journal")));
        Assert.Equal($"{lines[0]}\n{lines[1]}\n", await TextAsync(host.GetAsync(Role.Viewer, "/api/cases/L-1/journal", ("Accept", "application/x-ndjson"))));
        Assert.Equal($"[{lines[1]}]", await TextAsync(host.GetAsync(Role.Viewer, "/api/cases/L-1/journal?afterSeq=1")));
        Assert.Equal("[]", await TextAsync(host.GetAsync(Role.Viewer, "/api/cases/L-1/journal?afterSeq=2")));

        using var page = await host.GetAsync(Role.Viewer, "/api/cases/L-1/journal?limit=1");
        Assert.Equal($"[{lines[0]}]", await page.Content.ReadAsStringAsync());
        Assert.Equal("</api/cases/L-1/journal?afterSeq=1&limit=1>; rel=\"next\"", page.Headers.GetValues("Link").Single());
        await host.GetAsync(Role.Viewer, "/api/cases/L-1/journal?limit=0&afterSeq=x").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
    }

    [Fact]
    public async Task messages_and_received_words_are_shown_to_those_who_may_read_them()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        await host.AddMessageAsync();
        var messages = await host.GetAsync(Role.Auditor, "/api/cases/L-1/messages").JsonAsync();
        var message = messages.GetProperty("messages")[0];
        Assert.Equal(("Please pay <500>.", "delivered", "sms"), (message.Text("text"), message.Text("status"), message.Text("channel")));
        Assert.Equal("I will pay", messages.GetProperty("received")[0].Text("text"));
    }

    [Fact]
    public async Task worklists_show_what_waits()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1", tasks: 1);
        await host.AddCaseAsync("L-2", approvals: 1);
        var tasks = await host.GetAsync(Role.Agent, "/api/tasks").JsonAsync();
        Assert.Equal(1, tasks.GetProperty("cases").GetInt32());
        Assert.Equal(("L-1:7", "L-1", "ladder"), (tasks.GetProperty("tasks")[0].Text("taskId"), tasks.GetProperty("tasks")[0].Text("loanId"), tasks.GetProperty("tasks")[0].Text("origin")));
        var approvals = await host.GetAsync(Role.Supervisor, "/api/approvals").JsonAsync();
        Assert.Equal(("L-2:8", "legal"), (approvals.GetProperty("approvals")[0].Text("approvalId"), approvals.GetProperty("approvals")[0].Text("subject")));
        await host.GetAsync(Role.Agent, "/api/tasks?page=none").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
        await host.GetAsync(Role.Agent, "/api/approvals?pageSize=0").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
    }

    [Fact]
    public async Task figures_name_statuses_as_the_contract_does()
    {
        await using var host = await RunningHost.StartAsync();
        var kpis = await host.GetAsync(Role.Viewer, "/api/kpis").JsonAsync();
        Assert.Equal(1, kpis.GetProperty("casesByStatus").GetProperty("written-off").GetInt32());
        Assert.Equal("1250.5", kpis.GetProperty("totals")[0].GetProperty("overdue").GetRawText());
    }

    private static async Task<string[]> IdsAsync(RunningHost host, string query) =>
        [.. (await host.GetAsync(Role.Viewer, $"/api/cases{query}").JsonAsync()).GetProperty("cases").EnumerateArray().Select(each => each.Text("loanId"))];

    private static async Task<string> TextAsync(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }
}

using System.Net;
using System.Text.Json;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Web.Tests.Console;

/// <summary>A year without a calendar is told on the first page and in the health check, which stays a 200.</summary>
public class CalendarAlertTests
{
    private static readonly BusinessCalendar Until2025 = new TableCalendar("days", "Invented & Sons", "s", [2025], [], []);

    private static readonly JurisdictionPack Pack = new()
    {
        Id = "house", Title = "t", Version = 1,
        Rules = [new LocalHoursRule { Id = "HOUSE-HOURS", Title = "t", Source = "s", JoinedCalendars = [KeyValuePair.Create("CN", Until2025)] }],
    };

    private static Task<RunningHost> WithoutCalendarAsync() => RunningHost.StartAsync(
        also: services => services.AddSingleton(provider => new CalendarAlerts([Pack], provider.GetRequiredService<TimeProvider>())));

    [Fact]
    public async Task the_first_page_says_what_waits_and_why()
    {
        await using var host = await WithoutCalendarAsync();
        var html = await PageAsync(host);
        Assert.Contains("Calendar days (Invented &amp; Sons) has no 2026: HOUSE-HOURS blocks contacts in CN until the year is added (calendars/days.json).", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_host_is_ready_but_says_that_it_is_degraded()
    {
        await using var host = await WithoutCalendarAsync();
        using var answer = await host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("ready", body.RootElement.GetProperty("status").GetString());
        Assert.StartsWith("Calendar days", Assert.Single(body.RootElement.GetProperty("degraded").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task while_all_is_well_nothing_is_said()
    {
        await using var host = await RunningHost.StartAsync(); // 2026-03-10
        Assert.Equal("""{"status":"ready"}""", await host.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        Assert.DoesNotContain("role=\"status\"", await PageAsync(host), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(RunningHost host)
    {
        using var answer = await host.GetAsync(Role.Viewer, "/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}

using System.Net;
using System.Text.Json;
using CollectionsFlows.Local.Tests.Kills;

namespace CollectionsFlows.Functions.Tests.Hosting;

/// <summary>Requests that another router has already brought to an invocation find the product's own routes.</summary>
public sealed class WebPipelineTests
{
    private const string Payment = """{"loanId":"L-1","type":"payment.posted","at":"2026-03-02T10:00:00-05:00","data":{"paymentId":"P-1","amount":10,"currency":"USD"}}""";

    [Fact]
    public async Task whether_it_lives_is_told_to_everybody()
    {
        await using var house = await WebHouse.StartAsync();

        using var answer = await house.SendAsync(HttpMethod.Get, "/health/live");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("live", JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task a_signed_payment_is_stored_once_and_a_badly_signed_one_never()
    {
        await using var house = await WebHouse.StartAsync();
        var payment = Stimulus.Webhook("evt-1", Payment);

        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(house, payment.ToRequest(house.Secret)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(house, payment.ToRequest(house.Secret)));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(house, Stimulus.Webhook("evt-1", Payment.Replace("10,", "11,", StringComparison.Ordinal)).ToRequest(house.Secret)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(house, Stimulus.Webhook("evt-2", Payment).ToRequest([.. Enumerable.Repeat((byte)9, 32)])));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(house, new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/payments") { Content = new StringContent(Payment) }));
    }

    [Fact]
    public async Task the_api_wants_a_token()
    {
        await using var house = await WebHouse.StartAsync();

        using var nobody = await house.SendAsync(HttpMethod.Get, "/api/cases");
        using var stranger = await house.SendAsync(HttpMethod.Get, "/api/cases", "a-token-nobody-gave");
        using var owner = await house.SendAsync(HttpMethod.Get, "/api/cases", house.Token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK), (nobody.StatusCode, stranger.StatusCode, owner.StatusCode));
        Assert.Equal("application/problem+json", nobody.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task the_console_shows_its_home_page_to_callers_and_a_form_to_others()
    {
        await using var house = await WebHouse.StartAsync();

        using var owner = await house.SendAsync(HttpMethod.Get, "/", house.Token);
        using var nobody = await house.SendAsync(HttpMethod.Get, "/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (owner.StatusCode, nobody.StatusCode));
        Assert.Equal("text/html", owner.Content.Headers.ContentType?.MediaType);
        Assert.Contains("/sign-in", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/webhooks/payments", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/cases/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/cases/none/orchestration", HttpStatusCode.NotFound)]
    public async Task route_values_of_the_other_router_do_not_show_through(string method, string path, HttpStatusCode status)
    {
        await using var house = await WebHouse.StartAsync();

        using var answer = await house.SendAsync(new HttpMethod(method), path, house.Token);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task the_document_describes_the_products_routes_and_none_of_the_other_routers()
    {
        await using var house = await WebHouse.StartAsync();

        using var answer = await house.SendAsync(HttpMethod.Get, "/openapi/v1.json", house.Token);
        var paths = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();

        Assert.Contains("/api/webhooks/payments", paths);
        Assert.Contains("/api/cases/{loanId}/journal", paths);
        Assert.DoesNotContain("/{path}", paths);
        Assert.DoesNotContain("/api/webhooks/{name}", paths);
    }

    private static async Task<HttpStatusCode> StatusAsync(WebHouse house, HttpRequestMessage request)
    {
        using var answer = await house.Client.SendAsync(request);
        return answer.StatusCode;
    }
}

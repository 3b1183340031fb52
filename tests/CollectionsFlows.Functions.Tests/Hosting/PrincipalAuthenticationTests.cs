using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CollectionsFlows.Functions.Tests.Hosting;

/// <summary>Callers as the platform's sign-in names them, and that nobody else's word is taken for its.</summary>
public sealed class PrincipalAuthenticationTests
{
    private const string Email = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
    private const string RoleType = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string SomeId = "5b5450db-0000-4c1a-981c-000000000001";

    [Fact] // The shape of Microsoft's documentation, app roles as Entra sends them.
    public async Task a_person_is_recorded_by_object_id_shown_by_name_and_has_the_app_roles()
    {
        var principal = Principal(Email, RoleType, (Email, "ann@lender.example"), ("name", "Ann Example"), (ObjectId, SomeId), ("roles", "supervisor"), ("roles", "agent"), ("groups", "auditor"));

        Assert.Equal((SomeId, "agent,supervisor"), await CallerAsync(principal));
        Assert.Equal("Ann Example", await ShownAsync(principal));
    }

    [Fact] // Married, promoted, renamed: the same actor, as far as anybody has to compare.
    public async Task a_person_with_another_name_and_address_is_the_same_actor_and_a_namesake_another()
    {
        var before = await CallerAsync(Principal(Email, "roles", (Email, "ann@lender.example"), ("name", "Ann Example"), ("oid", SomeId), ("roles", "agent")));
        var after = await CallerAsync(Principal(Email, "roles", (Email, "ann.sample@lender.example"), ("name", "Ann Sample"), (ObjectId, SomeId), ("roles", "agent")));
        var namesake = await CallerAsync(Principal(Email, "roles", (Email, "ann@lender.example"), ("name", "Ann Example"), ("oid", SomeId.Replace('1', '2')), ("roles", "agent")));

        Assert.Equal(before, after);
        Assert.NotEqual(before, namesake);
    }

    [Fact] // An app that calls with a token of its own has no name.
    public async Task a_program_goes_by_its_object_id()
    {
        Assert.Equal((SomeId, "viewer"), await CallerAsync(Principal(Email, "roles", ("azp", "some-app"), (ObjectId, SomeId), ("roles", "viewer"))));
        Assert.Equal((SomeId, "viewer"), await CallerAsync(Principal("name", RoleType, ("oid", SomeId), (RoleType, "viewer"))));
        Assert.Equal(SomeId, await ShownAsync(Principal("name", RoleType, ("oid", SomeId), (RoleType, "viewer"))));
    }

    [Fact]
    public async Task roles_are_taken_from_the_claims_the_platform_says_they_are_in() =>
        Assert.Equal((SomeId, "agent,auditor,viewer"), await CallerAsync(Principal("name", "extension_role", ("name", "Ann"), ("oid", SomeId), ("extension_role", "viewer"), (RoleType, "auditor"), ("roles", "agent"), ("roles", "agent"))));

    [Theory]
    [InlineData("Supervisor")]
    [InlineData("owner")]
    [InlineData("supervisor ")]
    [InlineData("")]
    public async Task unknown_roles_are_no_roles(string role) =>
        Assert.Equal((SomeId, ""), await CallerAsync(Principal("name", "roles", ("name", "Ann"), ("oid", SomeId), ("roles", role))));

    [Theory]
    [InlineData("""{"claims":[{"val":"supervisor"},{"typ":null,"val":"supervisor"},{"typ":"","val":"supervisor"},null,{"typ":"oid","val":"some-id"}]}""")]
    [InlineData("""{"role_typ":"","name_typ":"","claims":[{"typ":"","val":"supervisor"},{"typ":"oid","val":"some-id"}]}""")]
    [InlineData("""{"role_typ":"roles","claims":[{"typ":"roles"},{"typ":"roles","val":null},{"typ":"oid","val":"some-id"}]}""")]
    public async Task claims_without_a_type_or_value_say_nothing(string json) => Assert.Equal(("some-id", ""), await CallerAsync(Encode(json)));

    [Theory] // Nobody could tell such a caller from another.
    [InlineData("""{"name_typ":"name","role_typ":"roles","claims":[{"typ":"name","val":"Ann"},{"typ":"roles","val":"supervisor"}]}""")]
    [InlineData("""{"claims":[{"typ":"oid","val":" "},{"typ":"roles","val":"supervisor"}]}""")]
    [InlineData("""{"claims":null}""")]
    [InlineData("{}")]
    public async Task who_has_no_object_id_is_refused(string json) => Assert.NotNull((await AuthenticateAsync(Encode(json))).Failure);

    [Fact]
    public async Task without_the_header_there_is_no_caller()
    {
        var result = await AuthenticateAsync();

        Assert.True(result.None);
        Assert.Null(result.Principal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("e30")] // {} without its padding.
    [InlineData("bm8ganNvbg==")] // no json
    [InlineData("bnVsbA==")] // null
    [InlineData("W10=")] // []
    [InlineData("eyJjbGFpbXMiOnsiYSI6MX19")] // {"claims":{"a":1}}
    [InlineData("//79")] // No UTF-8.
    public async Task an_unreadable_header_is_refused(string header) => Assert.NotNull((await AuthenticateAsync(header)).Failure);

    [Fact]
    public async Task two_headers_are_refused_whatever_they_say()
    {
        var supervisor = Principal("name", "roles", ("name", "Ann"), ("oid", SomeId), ("roles", "supervisor"));

        Assert.NotNull((await AuthenticateAsync(supervisor, supervisor)).Failure);
        Assert.NotNull((await AuthenticateAsync($"{supervisor},{supervisor}")).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("false")]
    public async Task where_the_platforms_sign_in_is_off_a_forged_header_opens_nothing(string enabled)
    {
        await using var house = await WebHouse.StartAsync((HostSettings.PlatformSignIn, enabled));
        var forged = Principal("name", "roles", ("name", "Mallory"), ("oid", SomeId), ("roles", "supervisor"));

        using var answer = await house.SendAsync(HttpMethod.Get, "/api/cases", principals: forged);
        using var page = await house.SendAsync(HttpMethod.Get, "/", principals: forged);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (answer.StatusCode, page.StatusCode));
    }

    [Fact]
    public async Task where_it_is_on_roles_decide_and_tokens_open_nothing()
    {
        await using var house = await WebHouse.StartAsync((HostSettings.PlatformSignIn, "true"));
        var viewer = Principal("name", "roles", ("name", "Vera"), ("oid", SomeId), ("roles", "viewer"));
        var nobody = Principal("name", "roles", ("name", "Norah"), ("oid", SomeId));

        using var reads = await house.SendAsync(HttpMethod.Get, "/api/cases", principals: viewer);
        using var imports = await house.SendAsync(HttpMethod.Post, "/api/loans", principals: viewer);
        using var hasNoRole = await house.SendAsync(HttpMethod.Get, "/api/cases", principals: nobody);
        using var hasNoName = await house.SendAsync(HttpMethod.Get, "/api/cases");
        using var twice = await house.SendAsync(HttpMethod.Get, "/api/cases", null, viewer, viewer);
        using var token = await house.SendAsync(HttpMethod.Get, "/api/cases", house.Token);
        using var form = await house.SendAsync(HttpMethod.Post, "/sign-in");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.MethodNotAllowed],
            new[] { reads, imports, hasNoRole, hasNoName, twice, token, form }.Select(answer => answer.StatusCode));
    }

    [Fact]
    public async Task an_operators_object_id_is_recorded_and_the_name_is_on_the_page_only()
    {
        await using var house = await WebHouse.StartAsync((HostSettings.PlatformSignIn, "true"));
        var ann = Principal(Email, "roles", (Email, "ann@lender.example"), ("name", "Ann Example"), (ObjectId, SomeId), ("roles", "supervisor"));

        using var home = await house.SendAsync(HttpMethod.Get, "/", principals: ann);
        var page = await home.Content.ReadAsStringAsync();

        Assert.Contains("Ann Example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@lender.example", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/.auth/logout\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form class=\"who\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_caller_a_page_shows_the_way_to_the_platforms_sign_in_and_no_form_of_ours()
    {
        await using var house = await WebHouse.StartAsync((HostSettings.PlatformSignIn, "true"));

        using var refused = await house.SendAsync(HttpMethod.Get, "/cases/L-1?channel=sms");
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("href=\"/.auth/login/aad?post_login_redirect_uri=%2Fcases%2FL-1%3Fchannel%3Dsms\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_products_own_sign_in_and_sign_out_lead_to_the_platforms()
    {
        await using var house = await WebHouse.StartAsync((HostSettings.PlatformSignIn, "true"));

        using var signIn = await house.SendAsync(HttpMethod.Get, "/sign-in?token=forged");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var signOut = await house.Client.SendAsync(request);
        using var fromElsewhere = await house.SendAsync(HttpMethod.Post, "/sign-out");

        Assert.Equal((HttpStatusCode.SeeOther, "/.auth/login/aad?post_login_redirect_uri=%2F"), (signIn.StatusCode, signIn.Headers.Location?.OriginalString));
        Assert.Equal((HttpStatusCode.SeeOther, "/.auth/logout"), (signOut.StatusCode, signOut.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.Forbidden, fromElsewhere.StatusCode);
    }

    private static async Task<string?> ShownAsync(string header) => (await AuthenticateAsync(header)).Principal!.FindFirst(CallerNames.Shown)?.Value;

    private static async Task<(string? Name, string Roles)> CallerAsync(string header)
    {
        var result = await AuthenticateAsync(header);
        Assert.True(result.Succeeded, result.Failure?.Message);
        var roles = result.Principal.FindAll(System.Security.Claims.ClaimTypes.Role).Select(claim => claim.Value).Order(StringComparer.Ordinal);
        return (result.Principal.Identity!.Name, string.Join(',', roles));
    }

    private static async Task<AuthenticateResult> AuthenticateAsync(params string[] headers)
    {
        var handler = new PrincipalAuthentication(new Fixed(), NullLoggerFactory.Instance, UrlEncoder.Default);
        var context = new DefaultHttpContext();
        if (headers.Length > 0)
            context.Request.Headers[PrincipalAuthentication.Header] = headers;
        await handler.InitializeAsync(new AuthenticationScheme(PrincipalAuthentication.SchemeName, null, typeof(PrincipalAuthentication)), context);
        return await handler.AuthenticateAsync();
    }

    private static string Principal(string nameType, string roleType, params (string Type, string Value)[] claims) => Encode(
        $$"""{"auth_typ":"aad","claims":[{{string.Join(',', claims.Select(claim => $$"""{"typ":"{{claim.Type}}","val":"{{claim.Value}}"}"""))}}],"name_typ":"{{nameType}}","role_typ":"{{roleType}}"}""");

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private sealed class Fixed : IOptionsMonitor<AuthenticationSchemeOptions>
    {
        public AuthenticationSchemeOptions CurrentValue { get; } = new();

        public AuthenticationSchemeOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AuthenticationSchemeOptions, string?> listener) => null;
    }
}

using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Tests.Access;

/// <summary>A sign-in elsewhere leads back to the page, and never to another site.</summary>
public sealed class SignInElsewhereTests
{
    private static readonly SignInElsewhere Platform = new("/.auth/login/aad", "post_login_redirect_uri", "/.auth/logout");

    [Theory]
    [InlineData("/", "", "%2F")]
    [InlineData("/cases/L-1", "?at=2026-03-04T09:00&channel=sms", "%2Fcases%2FL-1%3Fat%3D2026-03-04T09%3A00%26channel%3Dsms")]
    [InlineData("//evil.example", "", "%2F")]
    [InlineData("/\\evil.example", "", "%2F%255Cevil.example")] // An escaped backslash is a path of this site.
    [InlineData("", "", "%2F")]
    public void it_comes_back_to_the_page(string path, string query, string back)
    {
        var request = new DefaultHttpContext().Request;
        (request.Path, request.QueryString) = (new PathString(path), new QueryString(query));

        Assert.Equal($"/.auth/login/aad?post_login_redirect_uri={back}", Platform.Returning(request));
    }
}

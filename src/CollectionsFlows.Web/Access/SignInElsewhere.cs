using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Access;

/// <summary>Where people sign in and out when that is not this product's business: paths of the same site.</summary>
/// <param name="SignIn">The page to sign in.</param>
/// <param name="ReturnParameter">Its query parameter for the path to come back to.</param>
/// <param name="SignOut">The page to sign out.</param>
public sealed record SignInElsewhere(string SignIn, string ReturnParameter, string SignOut)
{
    /// <summary>The sign-in that leads back to a page.</summary>
    internal string Returning(HttpRequest page)
    {
        var path = $"{page.PathBase}{page.Path}{page.QueryString}";
        // Two slashes would lead to another site.
        return $"{SignIn}?{ReturnParameter}={Uri.EscapeDataString(path is ['/', not ('/' or '\\'), ..] ? path : "/")}";
    }
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads an id from a path. Servers decode a path but leave <c>%2F</c> as it stands, so an id with a slash, or with the text "%2F", has to be read from the path as sent.</summary>
internal static partial class LoanPath
{
    /// <summary>The loan's id, or that of another part of the route, fully decoded.</summary>
    public static string IdOf(HttpContext context, string part = "loanId")
    {
        var value = context.Request.RouteValues[part]?.ToString() ?? "";
        if (!value.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return value;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var sent = target.Split('?')[0].Split('/').FirstOrDefault(segment => Uri.UnescapeDataString(EncodedSlash().Replace(segment, "%25${slash}")) == value);
        return sent is null ? EncodedSlash().Replace(value, "/") : Uri.UnescapeDataString(sent);
    }

    /// <summary>The path to write into a link.</summary>
    public static string Encode(string loanId) => Uri.EscapeDataString(loanId);

    [GeneratedRegex("%(?<slash>2F)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedSlash();
}

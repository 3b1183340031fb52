using CollectionsFlows.Web.Access;

namespace CollectionsFlows.Web.Tests.Access;

public class AccessTokensTests
{
    // printf 'open-sesame' | sha256sum
    private const string Hash = "d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7";

    [Fact]
    public void a_line_names_a_caller_a_role_and_the_hash_of_a_token()
    {
        var tokens = AccessTokens.Parse($"# who may call\n\n ann  agent {Hash} \r\n", out var errors);
        Assert.Empty(errors);
        Assert.Equal(new Caller("ann", Role.Agent), tokens!.CallerOf("open-sesame"));
        Assert.Null(tokens.CallerOf("open-sesam"));
        Assert.Null(tokens.CallerOf(""));
        Assert.Null(tokens.CallerOf(Hash));
        Assert.Null(tokens.CallerOf(new string('x', 5000)));
    }

    [Fact]
    public void every_bad_line_is_listed()
    {
        Assert.Null(AccessTokens.Parse($"ann agent\nbob boss {Hash}\ncat viewer 123\ndan viewer {Hash}\neve agent {Hash.ToUpperInvariant()}", out var errors));
        Assert.Equal([1, 2, 3, 5], errors.Select(error => error.Line!.Value));
    }

    [Fact]
    public void two_callers_cannot_share_a_token() =>
        Assert.Throws<ArgumentException>(() => new AccessTokens([new(new("ann", Role.Agent), Hash), new(new("bob", Role.Viewer), Hash)]));
}

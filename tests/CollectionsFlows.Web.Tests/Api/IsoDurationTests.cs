using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Tests.Api;

public class IsoDurationTests
{
    [Theory]
    [InlineData("P1D", 86_400)]
    [InlineData("PT36H", 129_600)]
    [InlineData("P1DT12H", 129_600)]
    [InlineData("P1W", 604_800)]
    [InlineData("PT90M", 5_400)]
    [InlineData("PT1H30M15S", 5_415)]
    [InlineData("PT1M", 60)]
    [InlineData("P0DT1S", 1)]
    [InlineData("P3660D", 316_224_000)]
    public void a_duration_of_one_length_is_read(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), IsoDuration.Parse(text, out _));

    [Theory]
    [InlineData("P1M", "months")]
    [InlineData("P1Y", "months")]
    [InlineData("P1Y2DT3H", "months")]
    [InlineData("P1MT1M", "months")]
    [InlineData("", "expected")]
    [InlineData("P", "expected")]
    [InlineData("PT", "expected")]
    [InlineData("P1", "expected")]
    [InlineData("P1DT", "expected")]
    [InlineData("1D", "expected")]
    [InlineData("p1d", "expected")]
    [InlineData("P1W1D", "expected")]
    [InlineData("P1.5D", "expected")]
    [InlineData("PT1,5H", "expected")]
    [InlineData("-P1D", "expected")]
    [InlineData("P-1D", "expected")]
    [InlineData("P1D ", "expected")]
    [InlineData("P1D\n", "expected")]
    [InlineData("P١D", "expected")]
    [InlineData("P0D", "more than zero")]
    [InlineData("PT0S", "more than zero")]
    [InlineData("P3661D", "3660")]
    [InlineData("P999999999W", "3660")]
    [InlineData("PT999999999999S", "3660")]
    public void anything_else_is_refused_with_a_reason(string text, string reason)
    {
        Assert.Null(IsoDuration.Parse(text, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}

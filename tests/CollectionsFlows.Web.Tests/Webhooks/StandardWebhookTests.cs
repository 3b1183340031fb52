using System.Text;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Tests.Webhooks;

public class StandardWebhookTests
{
    // The vector published with the specification (regulation.md, "Payment webhooks").
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private readonly SteppedTime clock = new(RunningHost.VectorTime);

    [Fact]
    public void the_published_vector_is_accepted_and_its_id_is_the_message_id() =>
        Assert.Equal(new WebhookVerdict.Accepted(Id), Verify(Headers()));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void a_timestamp_is_good_for_five_minutes_either_way(int secondsOff, bool good)
    {
        clock.Now = RunningHost.VectorTime.AddSeconds(secondsOff);
        Assert.Equal(good, Verify(Headers()) is WebhookVerdict.Accepted);
    }

    [Fact]
    public void stale_and_early_are_told_apart()
    {
        clock.Now = RunningHost.VectorTime.AddHours(1);
        Assert.Equal("webhook-timestamp-stale", Rejected(Headers()));
        clock.Now = RunningHost.VectorTime.AddHours(-1);
        Assert.Equal("webhook-timestamp-in-future", Rejected(Headers()));
    }

    [Theory]
    [InlineData("webhook-id", null, "webhook-id-missing")]
    [InlineData("webhook-id", "", "webhook-id-missing")]
    [InlineData("webhook-id", "has space", "webhook-id-invalid")]
    [InlineData("webhook-id", "tab\there", "webhook-id-invalid")]
    [InlineData("webhook-id", "支付", "webhook-id-invalid")]
    [InlineData("webhook-timestamp", null, "webhook-timestamp-missing")]
    [InlineData("webhook-timestamp", "yesterday", "webhook-timestamp-invalid")]
    [InlineData("webhook-timestamp", "-1614265330", "webhook-timestamp-invalid")]
    [InlineData("webhook-timestamp", "1614265330.5", "webhook-timestamp-invalid")]
    [InlineData("webhook-timestamp", " 1614265330", "webhook-timestamp-invalid")]
    [InlineData("webhook-timestamp", "99999999999999999999", "webhook-timestamp-invalid")]
    [InlineData("webhook-timestamp", "999999999999999", "webhook-timestamp-invalid")]
    [InlineData("webhook-signature", null, "webhook-signature-missing")]
    [InlineData("webhook-signature", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "webhook-signature-unreadable")]
    [InlineData("webhook-signature", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "webhook-signature-unreadable")]
    [InlineData("webhook-signature", "v1,not*base64", "webhook-signature-unreadable")]
    [InlineData("webhook-signature", "v1,", "webhook-signature-unreadable")]
    [InlineData("webhook-signature", "v1,AAAA", "webhook-signature-unreadable")]
    [InlineData("webhook-signature", "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "webhook-signature-mismatch")]
    public void each_thing_wrong_has_its_own_problem(string header, string? value, string problem)
    {
        var headers = Headers();
        headers[header] = value;
        Assert.Equal(problem, Rejected(headers));
    }

    [Fact]
    public void an_id_of_200_characters_is_read_and_of_201_is_not()
    {
        var headers = Headers();
        headers["webhook-id"] = new string('x', 200);
        Assert.Equal("webhook-signature-mismatch", Rejected(headers));
        headers["webhook-id"] = new string('x', 201);
        Assert.Equal("webhook-id-invalid", Rejected(headers));
    }

    [Fact]
    public void of_two_ids_nobody_knows_which_was_signed()
    {
        var headers = Headers();
        headers["webhook-id"] = new([Id, "msg_2"]);
        Assert.Equal("webhook-id-repeated", Rejected(headers));
    }

    [Fact]
    public void one_good_signature_among_unknown_versions_and_bad_ones_is_enough()
    {
        var headers = Headers();
        headers["webhook-signature"] = $"v2,AAAA v1a,BBBB v1,{Convert.ToBase64String(new byte[32])} {Signature}";
        Assert.IsType<WebhookVerdict.Accepted>(Verify(headers));
    }

    [Theory]
    [InlineData("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJel")]
    [InlineData("webhook-timestamp", "1614265331")]
    public void what_is_signed_cannot_be_exchanged(string header, string value)
    {
        var headers = Headers();
        headers[header] = value;
        Assert.Equal("webhook-signature-mismatch", Rejected(headers));
    }

    [Fact]
    public void one_changed_byte_of_the_body_is_noticed() =>
        Assert.Equal("webhook-signature-mismatch", Assert.IsType<WebhookVerdict.Rejected>(Verifier(RunningHost.Secret).Verify(Headers(), Encoding.UTF8.GetBytes(Body.Replace('3', '4')))).Type);

    [Fact]
    public void while_rotating_either_secret_is_good_and_a_retired_one_is_not()
    {
        Assert.IsType<WebhookVerdict.Accepted>(Verifier(RunningHost.OldSecret, RunningHost.Secret).Verify(Headers(), Encoding.UTF8.GetBytes(Body)));
        Assert.IsType<WebhookVerdict.Accepted>(Verifier(RunningHost.Secret, RunningHost.OldSecret).Verify(Headers(), Encoding.UTF8.GetBytes(Body)));
        Assert.IsType<WebhookVerdict.Rejected>(Verifier(RunningHost.OldSecret).Verify(Headers(), Encoding.UTF8.GetBytes(Body)));
    }

    [Fact]
    public void no_refusal_shows_a_secret_or_the_signature_expected()
    {
        var headers = Headers();
        headers["webhook-signature"] = $"v1,{Convert.ToBase64String(new byte[32])}";
        var refusal = Assert.IsType<WebhookVerdict.Rejected>(Verify(headers)).ToString();
        Assert.DoesNotContain("MfKQ9r8G", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("g0hM9SsE", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void random_signatures_are_never_accepted()
    {
        var random = new Random(20260310);
        for (var round = 0; round < 500; round++)
        {
            var headers = Headers();
            var guess = new byte[random.Next(0, 40)];
            random.NextBytes(guess);
            headers["webhook-signature"] = $"v1,{Convert.ToBase64String(guess)}";
            Assert.True(Verify(headers) is WebhookVerdict.Rejected, $"round {round} of seed 20260310");
        }
    }

    [Fact]
    public void a_secret_has_24_to_64_bytes_in_base64_after_its_prefix()
    {
        Assert.Equal(0, Problems("whsec_" + Convert.ToBase64String(new byte[24])));
        Assert.Equal(0, Problems("whsec_" + Convert.ToBase64String(new byte[64])));
        Assert.Equal(1, Problems("whsec_" + Convert.ToBase64String(new byte[23])));
        Assert.Equal(1, Problems("whsec_" + Convert.ToBase64String(new byte[65])));
        Assert.Equal(1, Problems("whsec_not base64 at all!"));
        Assert.Equal(1, Problems(Convert.ToBase64String(new byte[32])));
    }

    [Fact]
    public void wrong_options_list_every_problem_and_no_secret()
    {
        var options = new WebhookOptions
        {
            Payments = [new("bank", WebhookScheme.Standard, ["whsec_c2hvcnQ="]), new("cards", WebhookScheme.Stripe, ["short"]), new("none", WebhookScheme.Standard, [])],
            MessageKeys = ["tiny"],
            MaxBodyBytes = 0,
        };
        var failure = Assert.Throws<ArgumentException>(() => options.PaymentVerifiers(TimeProvider.System));
        foreach (var expected in new[] { "'bank', secret 1", "'cards', secret 1", "'none' has no secret", "message webhook key 1", "body limit" })
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tiny", failure.Message, StringComparison.Ordinal);
    }

    private static int Problems(string secret) => new WebhookOptions { Payments = [new("bank", WebhookScheme.Standard, [secret])] }.Problems().Count;

    private static HeaderDictionary Headers() => new()
    {
        ["webhook-id"] = Id,
        ["webhook-timestamp"] = Timestamp,
        ["webhook-signature"] = Signature,
    };

    private IWebhookVerifier Verifier(params string[] secrets) =>
        new WebhookOptions { Payments = [new("bank", WebhookScheme.Standard, secrets)] }.PaymentVerifiers(clock).Single();

    private WebhookVerdict Verify(HeaderDictionary headers) => Verifier(RunningHost.Secret).Verify(headers, Encoding.UTF8.GetBytes(Body));

    private string Rejected(HeaderDictionary headers) => Assert.IsType<WebhookVerdict.Rejected>(Verify(headers)).Type;
}

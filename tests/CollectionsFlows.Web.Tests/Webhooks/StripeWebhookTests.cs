using System.Text;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Tests.Webhooks;

public class StripeWebhookTests
{
    public const string Body =
        """{"id":"evt-s1","at":"2021-02-25T15:00:00Z","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-1","amount":12.50,"currency":"CNY"}}""";

    // printf '%s' "1614265330.$BODY" | openssl dgst -sha256 -hmac whsec_invented-stripe-secret-0001
    public const string Signature = "t=1614265330,v1=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716";

    private readonly SteppedTime clock = new(RunningHost.VectorTime);

    [Fact]
    public void a_signature_made_by_openssl_is_accepted_and_has_no_message_id() =>
        Assert.Equal(new WebhookVerdict.Accepted(null), Verify(Signature));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void a_timestamp_is_good_for_300_seconds_either_way(int secondsOff, bool good)
    {
        clock.Now = RunningHost.VectorTime.AddSeconds(secondsOff);
        Assert.Equal(good, Verify(Signature) is WebhookVerdict.Accepted);
    }

    [Theory]
    [InlineData(null, "stripe-signature-missing")]
    [InlineData("v1=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-signature-unreadable")]
    [InlineData("t=1614265330", "webhook-signature-unreadable")]
    [InlineData("t=1614265330,v0=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-signature-unreadable")]
    [InlineData("t=1614265330,v1=04886f", "webhook-signature-unreadable")]
    [InlineData("t=1614265330,t=1614265331,v1=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-signature-unreadable")]
    [InlineData("t=now,v1=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-timestamp-invalid")]
    [InlineData("t=1614265331,v1=04886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-signature-mismatch")]
    [InlineData("t=1614265330,v1=14886f2ba5e77d93bfcbfac7db08bede9d5835a7c5bd93d1440a66989d1bb716", "webhook-signature-mismatch")]
    public void each_thing_wrong_has_its_own_problem(string? header, string problem) =>
        Assert.Equal(problem, Assert.IsType<WebhookVerdict.Rejected>(Verify(header)).Type);

    [Fact]
    public void one_good_signature_of_several_is_enough() =>
        Assert.IsType<WebhookVerdict.Accepted>(Verify($"t=1614265330,v1={new string('0', 64)},{Signature[13..]},v0=ff"));

    private WebhookVerdict Verify(string? header) =>
        new WebhookOptions { Payments = [new("cards", WebhookScheme.Stripe, ["whsec_invented-other-secret-0002", RunningHost.StripeSecret])] }
            .PaymentVerifiers(clock).Single().Verify(new HeaderDictionary { ["Stripe-Signature"] = header }, Encoding.UTF8.GetBytes(Body));
}

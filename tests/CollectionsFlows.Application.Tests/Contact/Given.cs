using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>Short ways to say who is contacted how, judged by the shipped packs.</summary>
internal static class Given
{
    public const string NewYork = "America/New_York";
    public const string LosAngeles = "America/Los_Angeles";
    public const string Shanghai = "Asia/Shanghai";

    public static ContactRequest To(string jurisdiction, Channel channel, params string[] zones) => new()
    {
        Channel = channel,
        Jurisdiction = jurisdiction,
        CreditorRole = CreditorRole.Collector,
        DebtId = "D1",
        Address = "a1",
        Place = Place.Mobile,
        TimeZones = zones,
    };

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant);

    public static ContactProfile Flag(string name, string? from = null, string? until = null) =>
        new() { Flags = [new(name, from is null ? DateTimeOffset.MinValue : At(from), until is null ? null : At(until))] };

    public static PastContact Past(
        string at, Channel channel = Channel.Phone, ContactOutcome outcome = ContactOutcome.NoAnswer, Direction direction = Direction.Outbound, string debt = "D1",
        string? address = "a1", Place? place = Place.Mobile, Purpose purpose = Purpose.Collect) =>
        new(At(at), channel, direction, outcome, [debt], address, place, null, purpose);

    public static Verdict Judge(this ContactRequest request, string now, ContactProfile? profile = null, params PastContact[] history) =>
        ContactGate.Judge(request, history, profile ?? ContactProfile.Empty, PackCatalogue.Shipped().Packs, At(now));

    public static void Allows(this Verdict verdict) => Assert.Equal("Allow", $"{verdict.Kind}{(verdict.Rule is null ? "" : $" {verdict.Rule} {verdict.Until:O}")}");

    public static void Defers(this Verdict verdict, string rule, string until)
    {
        Assert.Equal($"Defer {rule} {At(until).UtcDateTime:O}", $"{verdict.Kind} {verdict.Rule} {verdict.Until?.UtcDateTime:O}");
        Assert.Contains(rule, verdict.Citations);
    }

    /// <summary>The rule blocks now; another may decide the instant, e.g. the hours after a midnight.</summary>
    public static void BlocksUntil(this Verdict verdict, string rule, string until)
    {
        Assert.Equal($"Defer {At(until).UtcDateTime:O}", $"{verdict.Kind} {verdict.Until?.UtcDateTime:O}");
        Assert.Contains(rule, verdict.Citations);
    }

    /// <summary>Deferred for want of a calendar: until nobody knows when.</summary>
    public static void Waits(this Verdict verdict, string rule)
    {
        Assert.Equal($"Defer {rule} ", $"{verdict.Kind} {verdict.Rule} {verdict.Until:O}");
        Assert.Contains(rule, verdict.Citations);
    }

    public static void Forbids(this Verdict verdict, string rule)
    {
        Assert.Equal($"Forbid {rule}", $"{verdict.Kind} {verdict.Rule}");
        Assert.Null(verdict.Until);
        Assert.Contains(rule, verdict.Citations);
    }
}

/// <summary>Names the rule a class or method tests; the coverage test reads it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RuleAttribute(string id, bool blocks) : Attribute
{
    public string Id { get; } = id;

    /// <summary>Whether the test shows the rule blocking (positive) or letting pass (negative).</summary>
    public bool Blocks { get; } = blocks;
}

using System.Diagnostics;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Benchmarks;

/// <summary>Judgements a second of processor time (one thread judges), against the shipped packs and a ledger of 50 contacts.</summary>
internal static class GateBenchmark
{
    private const int Entries = 50;
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 12, 0, 0, TimeSpan.FromHours(-5));

    public static void Run()
    {
        Console.WriteLine($"{"contact",-52} {"verdict",-8} {"judgements/s",14} {"bytes each",11}");
        Measure("US collector's call, one zone, allowed", Contact("US", Channel.Phone, "America/New_York"), Sparse());
        Measure("US-MA collector's SMS, two zones, allowed", Contact("US-MA", Channel.Sms, "America/New_York", "America/Los_Angeles"), Sparse());
        Measure("CN call with house rules, allowed", Contact("CN", Channel.Phone, "Asia/Shanghai") with { HouseRules = true }, Sparse(), Now.AddHours(12));
        Measure("US collector's call, 7 in 7 reached, deferred", Contact("US", Channel.Phone, "America/New_York"), Dense());
        Measure("US collector's call, three zones, night, deferred", Contact("US", Channel.Phone, "America/New_York", "America/Chicago", "America/Los_Angeles"), Sparse(), Now.AddHours(12));
        Measure("CN call with house rules, Spring Festival, deferred", Contact("CN", Channel.Phone, "Asia/Shanghai") with { HouseRules = true }, Sparse(), new(2026, 2, 15, 12, 0, 0, TimeSpan.FromHours(8)));
    }

    private static void Measure(string name, ContactRequest request, PastContact[] history, DateTimeOffset? now = null)
    {
        var packs = PackCatalogue.Shipped().Packs;
        var profile = new ContactProfile { Consents = [new(Channel.Sms, null, Now.AddDays(-10))] };
        var at = now ?? Now;
        Judge(20_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        const int Rounds = 400_000;
        var kind = Judge(Rounds);
        process.Refresh();
        var seconds = (process.TotalProcessorTime - before).TotalSeconds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Rounds;
        Console.WriteLine($"{name,-52} {kind,-8} {Rounds / seconds,14:N0} {bytes,11:N0}");

        VerdictKind Judge(int rounds)
        {
            var last = VerdictKind.Allow;
            for (var i = 0; i < rounds; i++)
                last = ContactGate.Judge(request, history, profile, packs, at.AddTicks(i)).Kind;
            return last;
        }
    }

    private static ContactRequest Contact(string jurisdiction, Channel channel, params string[] zones) => new()
    {
        Channel = channel, Jurisdiction = jurisdiction, CreditorRole = CreditorRole.Collector, DebtId = "D1", Address = "a1", Place = Place.Mobile, TimeZones = zones,
    };

    // Two months of calls and texts, none often enough to block.
    private static PastContact[] Sparse() =>
        [.. Enumerable.Range(0, Entries).Select(i => new PastContact(
            Now.AddDays(-10).AddHours(-27 * i), i % 3 == 0 ? Channel.Sms : Channel.Phone, Direction.Outbound, i % 3 == 0 ? ContactOutcome.Sent : ContactOutcome.NoAnswer, ["D1"], "a1", Place.Mobile))];

    private static PastContact[] Dense() =>
        [.. Enumerable.Range(0, Entries).Select(i => new PastContact(Now.AddHours(-5 * (i + 1)), Channel.Phone, Direction.Outbound, ContactOutcome.NoAnswer, ["D1"], "a1", Place.Mobile))];
}

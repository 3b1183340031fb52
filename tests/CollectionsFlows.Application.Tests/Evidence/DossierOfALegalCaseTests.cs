using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Evidence;

/// <summary>What the lawyers get (S15, S19), read from the archived files.</summary>
public sealed partial class DossierOfALegalCaseTests : IAsyncLifetime
{
    private Office office = null!;
    private byte[] json = [];
    private string html = "";
    private Dossier dossier = null!;

    public async Task InitializeAsync()
    {
        office = await LegalCase.ReferredAsync();
        var id = (await office.Archive.ListAsync(LegalCase.LoanId))[0].DossierId;
        json = (await office.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, id, "dossier.json"))!;
        html = Encoding.UTF8.GetString((await office.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, id, "dossier.html"))!);
        dossier = DossierFile.Read(json);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task the_case_is_referred_with_the_hash_of_its_dossier()
    {
        var facts = await FactsAsync();
        var referred = facts.Select(fact => fact.Fact).OfType<CaseFact.ReferredToLegal>().Single();
        var requested = facts.Single(fact => fact.Fact is CaseFact.LegalReferralRequested);

        Assert.Equal(CaseStatus.Legal, (await office.StateAsync(LegalCase.LoanId)).Status);
        Assert.Equal($"L-1042:{requested.Seq}", referred.DossierId);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(json)), referred.DossierSha256);
        Assert.DoesNotContain("html", Encoding.UTF8.GetString(json), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void it_has_the_schedule_with_what_is_paid_and_outstanding()
    {
        Assert.Equal(6, dossier.Schedule.Count);
        Assert.Equal((2130m, 0m, new DateOnly(2025, 1, 14)), (dossier.Schedule[0].Paid.Total, dossier.Schedule[0].Outstanding.Total, dossier.Schedule[0].SettledOn!.Value));

        // Second instalment: 2 000 + 100 + 10, due 15 February; 227 days to 30 September at 18 % / 360 on 2 100: 238.35. The bounced 500 left nothing behind.
        var second = dossier.Schedule[1];
        Assert.Equal((2000m, 100m, 10m, 238.35m), (second.Outstanding.Principal, second.Outstanding.Interest, second.Outstanding.Fees, second.Outstanding.Penalty));
        Assert.Equal(227, second.DaysPastDue);
        Assert.Equal(0m, second.Paid.Total);
    }

    [Fact]
    public void the_payoff_amount_is_all_that_is_owed_with_its_parts()
    {
        // Instalments 2 to 6: principal 10 000, interest 100+80+60+40+20 = 300, fees 50. All are past due.
        Assert.Equal((10000m, 300m, 50m), (dossier.Payoff.Due.Principal, dossier.Payoff.Due.Interest, dossier.Payoff.Due.Fees));

        // Penalty: days late 227, 199, 168, 138, 107 on 2 100, 2 080, 2 060, 2 040, 2 020 at 18 % / 360 = 0.0005 a day:
        // 238.35 + 206.96 + 173.04 + 140.76 + 108.07.
        Assert.Equal(867.18m, dossier.Payoff.Due.Penalty);
        Assert.Equal(11217.18m, dossier.Payoff.Amount);

        // One more day: 10 300 x 0.0005.
        Assert.Equal(5.15m, dossier.Penalty.PerDay);
        Assert.Contains("18% a year, divided by 360 days, on the unpaid principal and contract interest", dossier.Penalty.Method, StringComparison.Ordinal);
        Assert.Contains("CNY 11,217.18", html, StringComparison.Ordinal);
    }

    [Fact]
    public void the_overdue_amount_stands_in_the_buckets_of_its_age()
    {
        // Days late 227 and 199; 168, 138 and 107.
        Assert.Equal(["91-180: 4 5 6", "181-360: 2 3"], dossier.Buckets.Where(bucket => bucket.Amount > 0)
            .Select(bucket => $"{bucket.Bucket}: {string.Join(' ', bucket.Instalments.Select(part => part.Number))}"));
        Assert.Equal(dossier.Standing.Overdue.Total, dossier.Buckets.Sum(bucket => bucket.Amount));
    }

    [Fact]
    public void it_has_every_payment_and_reversal()
    {
        Assert.Equal(["P-1", "P-2"], dossier.Payments.Select(payment => payment.PaymentId));
        Assert.Null(dossier.Payments[0].Reversal);
        Assert.Equal("nsf", dossier.Payments[1].Reversal!.Reason);
        Assert.Equal(0m, dossier.Payments[1].Used.Total);
        Assert.Equal(2130m, dossier.Standing.Paid);
    }

    [Fact]
    public async Task it_has_every_contact_with_both_times_verdict_text_and_proof()
    {
        var facts = await FactsAsync();
        var before = facts.TakeWhile(fact => fact.Fact is not CaseFact.ReferredToLegal).Select(fact => fact.Fact).ToList();
        Assert.Equal(before.OfType<CaseFact.ContactAttempted>().Count(), dossier.Contacts.Count(contact => contact.Kind == DossierContactKind.Message));

        var sent = dossier.Contacts.Where(contact => contact.Result == "sent").ToList();
        Assert.NotEmpty(sent);
        Assert.All(sent, contact =>
        {
            Assert.True(contact.TextMatches);
            Assert.Equal(TimeSpan.FromHours(8), Assert.Single(contact.Local).Time.Offset);
            Assert.Equal(contact.At, contact.Local[0].Time);
            Assert.NotNull(contact.Step);
        });
        Assert.Contains(sent, contact => contact.Address == LegalCase.Phone);
        Assert.All(dossier.Contacts.Where(contact => contact.Result == "deferred"), contact => Assert.True(contact.Until > contact.At && contact.Rule is not null));

        var call = Assert.Single(dossier.Contacts, contact => contact.Kind == DossierContactKind.Reported);
        Assert.Equal(("conversation", Office.At("2025-04-21T06:30:00Z")), (call.Result, call.At));
        var reply = Assert.Single(dossier.Contacts, contact => contact.Kind == DossierContactKind.Reply);
        Assert.Equal((LegalCase.Reply, true), (reply.Text, reply.TextMatches!.Value));
    }

    [Fact]
    public async Task it_has_what_was_agreed_and_what_became_of_it()
    {
        var promise = Assert.Single(dossier.Promises);
        Assert.Equal(("PR-1", 2000m, PromiseStatus.Broken, 500m), (promise.PromiseId, promise.Amount, promise.Status, promise.Received!.Value));

        var complaint = Assert.Single(dossier.Tracks);
        Assert.Equal((ExceptionTrack.Complaint, "C-1", new DateOnly(2025, 4, 25)), (complaint.Track, complaint.Reference, complaint.EndedOn!.Value));
        Assert.Contains(dossier.Texts, text => text.Text == "打电话太频繁");

        // S19: 40 % of a balance, against 3 000.
        var approval = Assert.Single(dossier.Approvals);
        Assert.Equal((ApprovalSubject.Legal, "approved", "committee-2", 3000m), (approval.Subject, approval.Decision, approval.DecidedBy, approval.CostOfSuit));
        Assert.Equal(decimal.Round(approval.Balance * 0.4m, 2, MidpointRounding.ToEven), approval.ExpectedRecovery);
        Assert.Equal(dossier.ApprovalId, approval.ApprovalId);

        var facts = await FactsAsync();
        Assert.Equal(facts.Count(fact => fact.Seq <= dossier.Chain.Facts), dossier.Decisions.Count);
        Assert.All(dossier.Decisions, decision => Assert.NotEmpty(decision.Words));
    }

    [Fact]
    public async Task its_head_hash_is_that_of_the_fact_with_the_last_number()
    {
        var entry = (await office.Store.JournalAsync(LegalCase.LoanId, dossier.Chain.Facts - 1, 1))[0];
        Assert.Equal(entry.Hash, dossier.Chain.HeadHash);
        Assert.Equal("legal.requested", dossier.Decisions[^1].Type);
        Assert.Contains(entry.Hash, html, StringComparison.Ordinal);
    }

    [Fact]
    public void the_page_is_self_contained_and_every_text_in_it_is_encoded()
    {
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(&#x27;本月工资未发&#x27;)&lt;/script&gt; &amp; &quot;下周还&quot;", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(ReferenceToOutside(), html);
        Assert.Contains("not legal advice", html, StringComparison.Ordinal);
        Assert.Contains("SMS to the borrower: sent", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:src|href|action)\s*=|url\(|@import|\son\w+\s*=\s*["']""", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReferenceToOutside();

    private async Task<IReadOnlyList<RecordedFact>> FactsAsync() =>
        [.. (await office.Store.JournalAsync(LegalCase.LoanId, 0, 10_000)).Select(entry => Application.Journal.JournalLine.Read(entry.Line).Fact)];
}

using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Application.Tests.Evidence;

/// <summary>Assembling once, whatever happens in between.</summary>
public sealed class DossierAssemblerTests
{
    private static readonly CaseCommand Command = new CaseCommand.WriteOff("L-1042:900", "L-1042:899");

    private readonly Office office = new("2025-01-02T01:00:00Z");

    [Fact]
    public async Task a_second_run_reports_the_first_dossier_although_the_journal_went_on()
    {
        var first = await AssembleAsync();
        var json = await JsonAsync();
        await office.HappensAsync(LegalCase.LoanId, "payment.posted", """{"paymentId":"P-9","amount":1,"currency":"CNY"}""");
        office.Time.MoveTo(office.Time.GetUtcNow().AddDays(3));

        Assert.Equal(first, await AssembleAsync());
        Assert.Equal(json, await JsonAsync());
        Assert.Equal(new DossierReceipt("L-1042:900", Convert.ToHexStringLower(SHA256.HashData(json))), first);
    }

    [Fact]
    public async Task a_crash_between_the_two_documents_is_healed_by_the_next_run()
    {
        await EnrolAsync();
        var broken = new DossierAssembler(office.Store, office.Store, new ArchiveThatFails(office.Archive, DossierAssembler.HtmlName), office.Policies, Office.Lender, office.Time);
        await Assert.ThrowsAsync<IOException>(async () => await broken.AssembleAsync(await office.StateAsync(LegalCase.LoanId), Command));
        var json = await JsonAsync();
        Assert.Null(await HtmlAsync());

        await office.HappensAsync(LegalCase.LoanId, "payment.posted", """{"paymentId":"P-LATER","amount":1,"currency":"CNY"}""");
        await office.Dossiers.AssembleAsync(await office.StateAsync(LegalCase.LoanId), Command);

        Assert.Equal(json, await JsonAsync());
        Assert.DoesNotContain("P-LATER", Encoding.UTF8.GetString((await HtmlAsync())!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_two_runs_at_once_the_first_to_archive_wins()
    {
        await EnrolAsync();
        var state = await office.StateAsync(LegalCase.LoanId);
        var late = new DossierAssembler(office.Store, office.Store, new ArchiveThatSeesNothingAtFirst(office.Archive), office.Policies, Office.Lender, office.Time);
        var first = await office.Dossiers.AssembleAsync(state, Command);
        office.Time.MoveTo(office.Time.GetUtcNow().AddMinutes(1));

        Assert.Equal(first, await late.AssembleAsync(state, Command));
    }

    [Fact]
    public async Task the_same_case_at_the_same_instant_gives_the_same_bytes()
    {
        await AssembleAsync();
        var other = new Office("2025-01-02T01:00:00Z");
        await other.EnrolAsync(LegalCase.Terms(), other.Details("Zhang Example", "zh-CN", (Channel.Sms, LegalCase.Phone)), "cn-consumer");
        await other.Dossiers.AssembleAsync(await other.StateAsync(LegalCase.LoanId), Command);

        Assert.Equal(await JsonAsync(), await other.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, Command.Id, DossierAssembler.JsonName));
    }

    [Fact]
    public async Task a_dossier_read_and_written_again_is_the_same_to_the_byte()
    {
        await AssembleAsync();
        Assert.Equal(await JsonAsync(), DossierFile.Write(DossierFile.Read(await JsonAsync())));
    }

    [Fact]
    public async Task a_write_off_says_so_and_an_erased_borrower_leaves_no_name()
    {
        await EnrolAsync();
        await office.Store.EraseBorrowerAsync(LegalCase.BorrowerId);
        await office.Dossiers.AssembleAsync(await office.StateAsync(LegalCase.LoanId), Command);

        var dossier = DossierFile.Read(await JsonAsync());
        Assert.Equal((DossierKind.WriteOff, "L-1042:899", null), (dossier.Kind, dossier.ApprovalId, dossier.Borrower.Name));
        Assert.Contains("Dossier for write-off", Encoding.UTF8.GetString((await HtmlAsync())!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task no_evidence_is_made_of_a_journal_that_was_changed()
    {
        await EnrolAsync();
        var tampered = new DossierAssembler(await WithAChangedFactAsync(), office.Store, office.Archive, office.Policies, Office.Lender, office.Time);
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(async () => await tampered.AssembleAsync(await office.StateAsync(LegalCase.LoanId), Command));
        Assert.Equal("fact 1 of L-1042 is not as it was written", problem.Message);
    }

    [Fact]
    public async Task a_message_is_no_reason_for_a_dossier()
    {
        await EnrolAsync();
        var message = new CaseCommand.SendNotification("L-1042:5", "s", "t", Purpose.Collect, [Channel.Sms]);
        await Assert.ThrowsAsync<ArgumentException>(async () => await office.Dossiers.AssembleAsync(await office.StateAsync(LegalCase.LoanId), message));
        Assert.Empty(await office.Archive.ListAsync(LegalCase.LoanId));
    }

    private async Task EnrolAsync() =>
        await office.EnrolAsync(LegalCase.Terms(), office.Details("Zhang Example", "zh-CN", (Channel.Sms, LegalCase.Phone)), "cn-consumer");

    private async Task<DossierReceipt> AssembleAsync()
    {
        if ((await office.Store.LoadAsync(LegalCase.LoanId)).State is null) await EnrolAsync();
        return await office.Dossiers.AssembleAsync(await office.StateAsync(LegalCase.LoanId), Command);
    }

    private async Task<byte[]> JsonAsync() => (await office.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, Command.Id, DossierAssembler.JsonName))!;

    private ValueTask<byte[]?> HtmlAsync() => office.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, Command.Id, DossierAssembler.HtmlName);

    /// <summary>The machine dies while one document is written.</summary>
    private sealed class ArchiveThatFails(IEvidenceArchive archive, string failing) : IEvidenceArchive
    {
        public ValueTask<string> PutAsync(string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
            name == failing ? throw new IOException("disk") : archive.PutAsync(borrowerId, loanId, dossierId, name, content, cancellation);

        public ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default) =>
            archive.GetAsync(borrowerId, loanId, dossierId, name, cancellation);

        public ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default) => archive.ListAsync(loanId, cancellation);
    }

    /// <summary>Another run archives between this run's look and its write.</summary>
    private sealed class ArchiveThatSeesNothingAtFirst(IEvidenceArchive archive) : IEvidenceArchive
    {
        private bool looked;

        public ValueTask<string> PutAsync(string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
            archive.PutAsync(borrowerId, loanId, dossierId, name, content, cancellation);

        public ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default)
        {
            var first = !looked;
            looked = true;
            return first ? new((byte[]?)null) : archive.GetAsync(borrowerId, loanId, dossierId, name, cancellation);
        }

        public ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default) => archive.ListAsync(loanId, cancellation);
    }

    /// <summary>Somebody has changed an amount in the first line, and nothing else.</summary>
    private async Task<InMemoryStore> WithAChangedFactAsync()
    {
        var changed = new InMemoryStore();
        var state = await office.StateAsync(LegalCase.LoanId);
        var entries = (await office.Store.JournalAsync(LegalCase.LoanId, 0, 100)).ToList();
        var line = Encoding.UTF8.GetString(entries[0].Line).Replace("\"principalDue\":2000", "\"principalDue\":9000", StringComparison.Ordinal);
        entries[0] = entries[0] with { Line = Encoding.UTF8.GetBytes(line) };
        Assert.True(await changed.CommitAsync(new CaseStep
        {
            LoanId = LegalCase.LoanId, ExpectedVersion = 0, Facts = entries, State = state, LastHash = entries[^1].Hash, Drained = [], NextWake = null,
            Index = (await office.Store.ListAsync(new CaseQuery())).Cases[0],
        }));
        return changed;
    }
}

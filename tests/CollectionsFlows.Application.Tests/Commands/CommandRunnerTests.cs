using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Commands;

public sealed class CommandRunnerTests
{
    private readonly Office office = new("2025-03-03T02:00:00Z");

    [Fact]
    public async Task a_message_comes_back_as_a_contact_attempt_under_the_try_s_id()
    {
        var state = await EnrolledAsync();
        var result = await office.Commands.RunAsync(state, Message(attempt: 2));

        Assert.Equal("cmd:L-1042:50:2", result.Id);
        Assert.Equal(office.Time.GetUtcNow(), result.At);
        Assert.Equal(ContactResult.Sent, Assert.IsType<CaseEvent.ContactAttempted>(result.Event).Attempt.Result);
    }

    [Fact]
    public async Task a_referral_and_a_write_off_come_back_with_their_dossier()
    {
        var state = await EnrolledAsync();
        foreach (var command in new CaseCommand[] { new CaseCommand.ReferToLegal("L-1042:60", "L-1042:58"), new CaseCommand.WriteOff("L-1042:61", "L-1042:59") })
        {
            var archived = Assert.IsType<CaseEvent.DossierArchived>((await office.Commands.RunAsync(state, new PendingCommand(command))).Event);
            var json = await office.Archive.GetAsync(LegalCase.BorrowerId, LegalCase.LoanId, command.Id, "dossier.json");
            Assert.Equal(new CaseEvent.DossierArchived(command.Id, command.Id, Convert.ToHexStringLower(SHA256.HashData(json!))), archived);
        }
    }

    [Fact]
    public async Task a_result_repeated_later_is_a_duplicate_and_never_a_conflict()
    {
        var state = await EnrolledAsync();
        var first = await office.Commands.RunAsync(state, Message(attempt: 1));
        Assert.Equal(InboxResult.Stored, await office.Store.PutAsync(CommandRunner.ResultItem(state, first, office.Time.GetUtcNow())));

        office.Time.MoveTo(office.Time.GetUtcNow().AddHours(1));
        var again = await office.Commands.RunAsync(state, Message(attempt: 1));
        Assert.NotEqual(first.At, again.At);
        var item = CommandRunner.ResultItem(state, again, office.Time.GetUtcNow());
        Assert.Equal(InboxResult.Duplicate, await office.Store.PutAsync(item));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("cmd:L-1042:50:1"))), item.BodySha256);
    }

    private static PendingCommand Message(int attempt) =>
        new(new CaseCommand.SendNotification("L-1042:50", "late-notice", "late-notice", Purpose.Collect, [Channel.Sms]), attempt);

    private async Task<CaseState> EnrolledAsync()
    {
        await office.EnrolAsync(LegalCase.Terms(), office.Details("Zhang Example", "zh-CN", (Channel.Sms, LegalCase.Phone)), "cn-consumer");
        return await office.StateAsync(LegalCase.LoanId);
    }
}

using CollectionsFlows.Application.Borrowers;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Borrowers;

public class OperationIdsTests
{
    private readonly OperationIds ids = new(new AddressKeys(new byte[32]));

    [Fact]
    public void a_command_has_the_same_id_whenever_it_is_asked_for() =>
        // HMAC-SHA256 of "operation:L-1:5" with 32 zero bytes, its first 16 bytes with version 8 and the variant of RFC 9562 written over.
        Assert.Equal(Guid.Parse("e16d851f-3d6d-868a-af85-01df092fa17b"), ids.Of("L-1:5"));

    [Fact]
    public void another_deployment_has_other_ids_so_that_its_mails_are_no_repetitions() =>
        Assert.NotEqual(ids.Of("L-1:5"), new OperationIds(new AddressKeys([.. Enumerable.Repeat((byte)1, 32)])).Of("L-1:5"));

    [Fact]
    public void no_two_commands_share_an_id_and_each_is_a_well_formed_one()
    {
        var property = Prop.ForAll(Gen.Choose(1, 200).Two().ToArbitrary(), numbers =>
        {
            var (first, second) = (ids.Of($"L-1:{numbers.Item1}"), ids.Of($"L-1:{numbers.Item2}"));
            return (first == second) == (numbers.Item1 == numbers.Item2) && first.Version == 8 && first.Variant is >= 8 and <= 11;
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }
}

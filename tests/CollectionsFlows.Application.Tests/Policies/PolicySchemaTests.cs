using CollectionsFlows.Application.Policies;

namespace CollectionsFlows.Application.Tests.Policies;

public class PolicySchemaTests
{
    /// <summary>Set to 1 to write the committed file anew after a change of the policy's types.</summary>
    private const string UpdateVariable = "UPDATE_POLICY_SCHEMA";

    [Fact]
    public void the_committed_schema_is_the_one_the_types_give()
    {
        var file = Path.Combine(SourceTree.PolicyFolder, "Shipped", "policy.schema.json");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") File.WriteAllText(file, PolicySchema.Text());

        Assert.True(PolicySchema.Text() == File.ReadAllText(file), $"policy.schema.json is out of date; run this test once with {UpdateVariable}=1");
    }
}

using System.Text;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Policies;

public class PolicyCatalogueTests
{
    private readonly PolicyCatalogue _catalogue = PolicyCatalogue.Shipped();

    [Fact]
    public void a_policy_is_found_by_name_and_by_version()
    {
        var policy = _catalogue.Find("us-creditor")!.Policy;

        Assert.Same(policy, _catalogue.Find(new PolicyReference("us-creditor", policy.Version)));
        Assert.Null(_catalogue.Find(new PolicyReference("us-creditor", 999)));
        Assert.Null(_catalogue.Find("nothing"));
    }

    [Fact]
    public void the_text_of_a_policy_is_the_shipped_file() =>
        Assert.Equal(File.ReadAllText(Path.Combine(SourceTree.PolicyFolder, "Shipped", "us-creditor.json")), _catalogue.Find("us-creditor")!.Text);

    [Fact]
    public void the_latest_version_is_the_one_a_name_means_and_the_earlier_stays()
    {
        var first = _catalogue.Find("us-creditor")!.Policy;

        Assert.Empty(Add(first with { Version = 10, Title = "Later" }).Errors);
        Assert.Empty(Add(first with { Version = 9, Title = "Between" }).Errors);

        Assert.Equal("Later", _catalogue.Find("us-creditor")!.Policy.Title);
        Assert.Equal(first.Title, _catalogue.Find(new PolicyReference("us-creditor", first.Version))!.Title);
    }

    [Fact]
    public void a_version_never_changes_its_content()
    {
        var policy = _catalogue.Find("us-creditor")!.Policy;

        Assert.Same(policy, Add(policy).Policy);
        Assert.Equal("$.version", Assert.Single(Add(policy with { Title = "Another" }).Errors).Path);
        Assert.Same(policy, _catalogue.Find("us-creditor")!.Policy);
    }

    [Fact]
    public void a_policy_is_loaded_by_name_or_from_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, PolicyFile.Write(_catalogue.Find("care-only")!.Policy with { Name = "mine" }));

            Assert.Equal("mine", _catalogue.Load(file).Policy!.Name);
            Assert.NotNull(_catalogue.Find(new PolicyReference("mine", 1)));
            Assert.Equal("care-only", _catalogue.Load("care-only").Policy!.Name);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void a_name_that_is_neither_policy_nor_file_is_an_error_that_lists_the_policies() =>
        Assert.Contains("us-creditor", Assert.Single(_catalogue.Load("no-such-policy").Errors).Expected, StringComparison.Ordinal);

    [Theory]
    [InlineData("US", CreditorRole.Creditor, "us-creditor")]
    [InlineData("US-MA", CreditorRole.Creditor, "us-creditor")]
    [InlineData("US-MA", CreditorRole.Collector, "us-collector")]
    [InlineData("CN", CreditorRole.Creditor, "cn-consumer")]
    [InlineData("CN", CreditorRole.Collector, "first-days")] // The Chinese policies are a lender's own.
    [InlineData("GB", CreditorRole.Creditor, "gb-consumer")]
    [InlineData("GB", CreditorRole.Collector, "gb-consumer")]
    [InlineData("EU-DE", CreditorRole.Creditor, "eu-consumer")]
    [InlineData("IN", CreditorRole.Creditor, "in-consumer")]
    [InlineData("AU", CreditorRole.Collector, "au-consumer")]
    [InlineData("NZ", CreditorRole.Creditor, "first-days")]
    [InlineData("USX", CreditorRole.Creditor, "first-days")]
    public void a_loan_nobody_chose_a_policy_for_gets_one_that_fits(string jurisdiction, CreditorRole role, string policy) =>
        Assert.Equal(policy, _catalogue.DefaultFor(Loan(jurisdiction, role))!.Name);

    private static LoanTerms Loan(string jurisdiction, CreditorRole role) => new()
    {
        LoanId = "L-1",
        BorrowerId = "B-1",
        Product = "personal",
        CreditorRole = role,
        Jurisdiction = jurisdiction,
        TimeZones = ["Etc/UTC"],
        Currency = Currency.Parse("USD"),
        PenaltyAnnualRate = 0m,
        Instalments = [new(1, new(2026, 1, 1), 100m, 0m, 0m)],
    };

    private PolicyCheck Add(Policy policy) => _catalogue.Add(Encoding.UTF8.GetBytes(PolicyFile.Write(policy)));
}

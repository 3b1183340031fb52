using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>Judges the texts a policy sends before it sends any: each wording, rendered with sample values, as the borrowers it is meant for would get it.</summary>
/// <param name="shipped">The templates beside the policy's own.</param>
/// <param name="rules">What texts are judged by.</param>
public sealed class PolicyContent(TemplateCatalogue shipped, ContentRules rules)
{
    private static readonly LenderProfile Lender = new("Sample Lender", "555-0100", "https://pay.example.test");

    private static readonly Channel[] Electronic = [Channel.Sms, Channel.Email];

    private static readonly string[] Everywhere = ["AU", "CN", "EU", "GB", "IN", "US"];

    /// <summary>Every finding, at the template's wording where it is the policy's own, else at the member that names it; empty when all may be sent.</summary>
    public IReadOnlyList<PolicyError> Check(Policy policy)
    {
        var all = policy.TemplatesOver(shipped);
        return [.. Uses(policy).SelectMany(use => Check(policy, use, all)).Distinct()];
    }

    /// <summary>Where a policy names a template, and what it sends it for and by.</summary>
    private static IEnumerable<TemplateUse> Uses(Policy policy)
    {
        for (var index = 0; index < policy.Steps.Count; index++)
        {
            var step = policy.Steps[index];
            if (step.Do.Notify is { } notify)
            {
                var care = step.At.DaysPastDue < 0;
                yield return new TemplateUse($"$.steps[{index}].do.notify.template", notify.Template, care ? Purpose.Care : Purpose.Collect, notify.Channels);
            }
        }

        if (policy.Promise.ReminderTemplate is { } reminder)
            yield return new TemplateUse("$.promise.reminderTemplate", reminder, Purpose.Care, Electronic);
        if (policy.Promise.BrokenTemplate is { } broken)
            yield return new TemplateUse("$.promise.brokenTemplate", broken, Purpose.Collect, Electronic);
        if (policy.Plan.MissedTemplate is { } missed)
            yield return new TemplateUse("$.plan.missedTemplate", missed, Purpose.Care, Electronic);
    }

    private IEnumerable<PolicyError> Check(Policy policy, TemplateUse use, TemplateCatalogue all) =>
        from channel in use.Channels
        from template in Candidates(policy, use.Template, channel, all)
        from jurisdiction in policy.Jurisdictions.Count == 0 ? Everywhere : policy.Jurisdictions
        from role in policy.CreditorRole is { } only ? [only] : Enum.GetValues<CreditorRole>()
        from wording in Enumerable.Range(0, template.Wordings.Count)
        from finding in Findings(template, wording, use.Purpose, channel, jurisdiction, role)
        select new PolicyError(
            Place(policy, use, template, finding.Where == "subject" ? "subject" : $"wordings[{wording}]"),
            $"{finding.Rule} ({jurisdiction}, {Name(channel)}): {template.Name} {finding.Problem}", finding.Expected);

    /// <summary>The template in the policy's language, and the policy's own in every language it brings.</summary>
    private static IEnumerable<MessageTemplate> Candidates(Policy policy, string name, Channel channel, TemplateCatalogue all)
    {
        var languages = (policy.Templates ?? []).Where(own => own.Name == name || own.Name == $"{name}-letter").Select(own => own.Language).Prepend(policy.Language);
        return languages.Distinct(StringComparer.Ordinal).Select(language => all.FindFor(channel, name, null, language)).OfType<MessageTemplate>();
    }

    private IEnumerable<ContentFinding> Findings(MessageTemplate template, int wording, Purpose purpose, Channel channel, string jurisdiction, CreditorRole role)
    {
        var (state, policy, borrower) = Sample(template.Language, jurisdiction, role);
        var now = state.UpdatedAt;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var values = MessageValues.For(
            template.Language, Lender, borrower.Details!.Name, state.Terms, policy.Account, CaseAccount.Position(state, policy, today), CaseAccount.Payoff(state, policy, today));
        var rendered = MessageRenderer.Render(template, wording, channel, values);
        var contents = new OutgoingContent(Lender, rules);
        return contents.Check(contents.Of(state, policy, borrower, channel, purpose, new ContentDraft(rendered.Text, rendered.Subject), now));
    }

    /// <summary>A loan a month behind, and who owes it.</summary>
    private static (CaseState State, Policy Policy, Borrowers.BorrowerRecord Borrower) Sample(string language, string jurisdiction, CreditorRole role)
    {
        var now = new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
        var terms = new LoanTerms
        {
            LoanId = "L-SAMPLE", BorrowerId = "B-SAMPLE", Product = "personal", CreditorRole = role, Jurisdiction = jurisdiction, TimeZones = ["Etc/UTC"],
            Currency = Currency.Parse(jurisdiction == "CN" ? "CNY" : "USD"), PenaltyAnnualRate = 0.18m,
            Instalments = [new Instalment(1, new DateOnly(2026, 2, 1), 1000m, 20m, 5m), new Instalment(2, new DateOnly(2026, 4, 1), 1000m, 20m, 0m)],
        };
        var policy = new Policy { Name = "sample", Version = 1, Title = "Sample", Language = language, Stages = [], Steps = [] };
        var state = new CaseState { Terms = terms, Policy = new PolicyReference(policy.Name, 1), Sequence = 1, OpenedAt = now, UpdatedAt = now };
        var details = new Borrowers.BorrowerDetails { Name = language.StartsWith("zh", StringComparison.Ordinal) ? "张示例" : "Sample Person", Language = language };
        return (state, policy, new Borrowers.BorrowerRecord(terms.BorrowerId, 1, details, ContactProfile.Empty, [], new HashSet<string>()));
    }

    private static string Place(Policy policy, TemplateUse use, MessageTemplate template, string part)
    {
        for (var index = 0; index < (policy.Templates?.Count ?? 0); index++)
        {
            if (policy.Templates![index] is { } own && own.Name == template.Name && own.Language == template.Language)
                return $"$.templates[{index}].{part}";
        }

        return use.Path;
    }

    private static string Name(Channel channel) => channel.ToString().ToLowerInvariant();

    private sealed record TemplateUse(string Path, string Template, Purpose Purpose, IReadOnlyList<Channel> Channels);
}

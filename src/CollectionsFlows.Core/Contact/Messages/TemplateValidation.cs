namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>Judges templates when they are loaded, so that nothing can be wrong when a message is sent.</summary>
public static class TemplateValidation
{
    /// <summary>What a message that asks for money must say in every wording (S3, S11; <c>regulation.md</c>, "Content of a message").</summary>
    private static readonly (string Placeholder, string Says)[] CollectMustSay =
    [
        (Placeholders.LenderName, "who writes"), (Placeholders.Overdue, "how much is overdue"), (Placeholders.PaymentLink, "how to pay"),
        (Placeholders.ServicePhone, "how to reach service"), (Placeholders.OptOut, "how to stop messages"),
    ];

    private static readonly (string Placeholder, string Says)[] ChargesMustSay =
    [
        (Placeholders.OverduePrincipal, "the principal overdue"), (Placeholders.OverdueInterest, "the interest overdue"),
        (Placeholders.OverduePenalty, "the penalty interest so far"), (Placeholders.PenaltyRate, "the penalty rate"), (Placeholders.PenaltyPerDay, "what a further day costs"),
    ];

    private static readonly (string Placeholder, string Says)[] CareMustSay =
        [(Placeholders.LenderName, "who writes"), (Placeholders.ServicePhone, "how to reach service"), (Placeholders.OptOut, "how to stop messages")];

    private static readonly (string Placeholder, string Says)[] NoticeMustSay = [(Placeholders.LenderName, "who writes"), (Placeholders.ServicePhone, "how to reach service")];

    private static readonly (string Placeholder, string Says)[] ConfirmationMustSay = [(Placeholders.LenderName, "who writes")];

    /// <summary>What demands: barred from care (S2), a reminder of a promise or plan included, and from confirmations (47 CFR 64.1200: nothing but the confirmation).</summary>
    private static readonly string[] Demands =
    [
        Placeholders.DaysPastDue, Placeholders.Overdue, Placeholders.OverduePrincipal, Placeholders.OverdueInterest, Placeholders.OverdueFees,
        Placeholders.OverduePenalty, Placeholders.PenaltyRate, Placeholders.PenaltyPerDay, Placeholders.Payoff,
    ];

    /// <summary>Every error; empty when all templates may be used.</summary>
    public static IReadOnlyList<TemplateError> Check(IReadOnlyList<MessageTemplate> templates)
    {
        var errors = new List<TemplateError>();
        var seen = new HashSet<(string, string)>();
        for (var index = 0; index < templates.Count; index++)
        {
            var template = templates[index];
            if (!seen.Add((template.Name, template.Language)))
                errors.Add(new TemplateError(index, "name", $"template '{template.Name}' occurs twice in {template.Language}", "each name once a language"));
            errors.AddRange(Naming(template, index));
            errors.AddRange(Wordings(template, index));
            for (var wording = 0; wording < template.ParsedWordings.Length; wording++)
                errors.AddRange(Content(template, template.ParsedWordings[wording], index, $"wordings[{wording}]"));
            if (template.ParsedSubject is { } subject)
                errors.AddRange([.. Faults(subject, index, "subject"), .. Barred(template, subject, index, "subject")]);
        }

        return errors;
    }

    private static IEnumerable<TemplateError> Naming(MessageTemplate template, int index)
    {
        if (!Policies.PolicyValidation.IsKebabCase(template.Name))
            yield return new TemplateError(index, "name", $"'{template.Name}' is no name", Policies.PolicyValidation.KebabCase);
        if (string.IsNullOrWhiteSpace(template.Language))
            yield return new TemplateError(index, "language", "the language is empty", "a BCP 47 tag such as zh-CN");
        if (template.Name.StartsWith("care-", StringComparison.Ordinal) && template.Purpose != Purpose.Care)
            yield return new TemplateError(index, "purpose", $"'{template.Name}' is for {template.Purpose.ToString().ToLowerInvariant()}", "purpose care for care-… (S2)");
        if (template.FixedForm && template.Purpose != Purpose.Notice)
            yield return new TemplateError(index, "fixedForm", "no law prescribes the form of such a message", "fixedForm for notices only") { RestsOnPurpose = true };
        if (template.ExplainsCharges && template.Purpose is not (Purpose.Collect or Purpose.Notice))
            yield return new TemplateError(index, "explainsCharges", "the message may name no charges", "explainsCharges only where money is asked for") { RestsOnPurpose = true };
    }

    /// <summary>What only a notice can say has no value in any other message.</summary>
    private static IEnumerable<TemplateError> OutOfPlace(MessageTemplate template, TemplateText text, int index, string path) => template.FixedForm
        ? []
        : text.PlaceholderNames.Intersect(Placeholders.OfNotices, StringComparer.Ordinal).Select(name => new TemplateError(
            index, path, $"'{name}' is said by notices of a fixed form only", "fixedForm, or another placeholder"));

    private static IEnumerable<TemplateError> Wordings(MessageTemplate template, int index)
    {
        if (template.Wordings.Count < (template.FixedForm ? 1 : 3))
            yield return new TemplateError(index, "wordings", $"{template.Wordings.Count} wordings", template.FixedForm ? "the form's" : "at least 3, so that no text repeats (S14)");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var wording = 0; wording < template.Wordings.Count; wording++)
            if (!seen.Add(string.Concat(template.Wordings[wording].Where(char.IsLetterOrDigit))))
                yield return new TemplateError(index, $"wordings[{wording}]", "the same wording twice", "a text of its own (S14)");
    }

    private static IEnumerable<TemplateError> Content(MessageTemplate template, TemplateText text, int index, string path)
    {
        var used = text.PlaceholderNames.ToHashSet(StringComparer.Ordinal);
        // Nobody replies STOP to a letter.
        var isLetter = template.Name.EndsWith("-letter", StringComparison.Ordinal);
        var missing = MustSay(template).Where(element => !used.Contains(element.Placeholder) && !(isLetter && element.Placeholder == Placeholders.OptOut))
            .Select(element => new TemplateError(index, path, $"does not say {element.Says}", $"{{{{{element.Placeholder}}}}}") { RestsOnPurpose = true });
        return [.. Faults(text, index, path), .. missing, .. Barred(template, text, index, path), .. OutOfPlace(template, text, index, path)];
    }

    private static IEnumerable<TemplateError> Faults(TemplateText text, int index, string path) =>
        text.Faults.Select(fault => new TemplateError(index, path, fault.Problem, fault.Expected));

    private static IEnumerable<TemplateError> Barred(MessageTemplate template, TemplateText text, int index, string path) =>
        template.Purpose is Purpose.Care or Purpose.Confirmation
            ? text.PlaceholderNames.Intersect(Demands, StringComparer.Ordinal).Select(name => new TemplateError(
                index, path, $"'{name}' demands", template.Purpose == Purpose.Care ? "no demand before the due date (S2)" : "a confirmation and nothing else") { RestsOnPurpose = true })
            : [];

    private static (string Placeholder, string Says)[] MustSay(MessageTemplate template) => template.Purpose switch
    {
        Purpose.Collect => template.ExplainsCharges ? [.. CollectMustSay, .. ChargesMustSay] : CollectMustSay,
        Purpose.Notice => template.ExplainsCharges ? [.. NoticeMustSay, .. ChargesMustSay] : NoticeMustSay,
        Purpose.Care => CareMustSay,
        _ => ConfirmationMustSay,
    };
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Policies.PolicyValidation;

namespace CollectionsFlows.Core.Policies;

/// <summary>Everything of a policy but its ladder.</summary>
internal static class RuleValidation
{
    private const string EachComponentOnce = "penalty, fee, interest and principal, each exactly once";

    internal static IEnumerable<PolicyError> Check(Policy policy, TemplateCatalogue templates) =>
    [
        .. Unless(
            templates.Names(policy.Language) is var names && (names.Count == 0 || names.Contains(Cases.NoticeNames.OptOutConfirmation)), "$.language",
            $"an opt-out could not be confirmed in {policy.Language}", $"a template '{Cases.NoticeNames.OptOutConfirmation}' in that language"),
        .. EntryAndExit(policy),
        .. Order(policy.Account.Waterfall, "$.account.waterfall.order"),
        .. Exceptions(policy.Account.Exceptions),
        .. Unless(policy.Account.PenaltyDaysInYear is 360 or 365, "$.account.penaltyDaysInYear", $"{policy.Account.PenaltyDaysInYear} is no day count", "360 or 365"),
        .. Buckets(policy.Account.Buckets),
        .. Promises(policy, templates),
        .. Plans(policy, templates),
        .. RiskBands(policy),
        .. AtLeast(policy.Legal.CostOfSuit, 0, "$.legal.costOfSuit"),
        .. Unless(policy.Legal.ExpectedRecovery is >= 0 and <= 1, "$.legal.expectedRecovery", $"{policy.Legal.ExpectedRecovery} is no part of a whole", "a fraction from 0 to 1"),
        .. Within(policy.ReviewEveryDays, 1, 366, "$.reviewEveryDays"),
    ];

    internal static IEnumerable<PolicyError> AtLeast(decimal value, decimal least, string path) =>
        Unless(value >= least, path, $"{value} is too small", $"{least} or more");

    /// <summary>Bounds on days keep every date a ladder computes inside the calendar.</summary>
    internal static IEnumerable<PolicyError> Within(int value, int least, int most, string path) =>
        Unless(value >= least && value <= most, path, $"{value} is out of range", $"{least} to {most}");

    /// <summary>
    /// A template a rule or a step names: it must exist in the policy's language, be for what it is sent for, and speak in the creditor role's
    /// voice. A care step's is named care-…; a reminder of a promise or plan is care too, though later: it demands nothing new (S2, S13).
    /// </summary>
    internal static IEnumerable<PolicyError> Template(Policy policy, string name, string path, TemplateCatalogue templates, bool care, Purpose purpose = Purpose.Collect)
    {
        var template = templates.Find(name, policy.Language);
        if (template is null)
            return [new PolicyError(path, $"there is no template '{name}' in {policy.Language}", $"one of {string.Join(", ", templates.Names(policy.Language))}") { Presupposes = "$.language" }];
        if (care)
            return Unless(template.Purpose == Purpose.Care && name.StartsWith("care-", StringComparison.Ordinal), path, $"'{name}' is no care message", "a template named care-…: before the due date nothing demands (S2)");
        return
        [
            .. Unless(
                template.Purpose == purpose || (purpose == Purpose.Collect && template.Purpose == Purpose.Notice), path, $"'{name}' is for {template.Purpose.ToString().ToLowerInvariant()}",
                purpose == Purpose.Care ? "a template for care: the promise or plan stands, nothing new is asked for (S13)" : "a template that asks for money"),
            .. Voice(policy, name, path),
        ];
    }

    /// <summary>A US collector says it is one; a creditor never claims to be (12 CFR 1006.18(e)).</summary>
    private static IEnumerable<PolicyError> Voice(Policy policy, string name, string path)
    {
        var speaksAsCollector = name.StartsWith("collector-", StringComparison.Ordinal);
        var american = policy.Jurisdictions.Any(jurisdiction => jurisdiction.Split('-')[0] == "US");
        if (speaksAsCollector && policy.CreditorRole != CreditorRole.Collector)
            return [new PolicyError(path, $"'{name}' speaks as a debt collector, the policy is not a collector's", "a template not named collector-…") { Presupposes = "$.creditorRole" }];
        if (!speaksAsCollector && american && policy.CreditorRole == CreditorRole.Collector)
            return [new PolicyError(path, $"'{name}' does not say that a debt collector writes", "a template named collector-…") { Presupposes = "$.creditorRole" }];
        return [];
    }

    private static IEnumerable<PolicyError> EntryAndExit(Policy policy)
    {
        var cured = policy.Exit.CuredAtOverdue;
        var contradicts = cured > 0 && cured >= policy.Entry.MinOverdue;
        return
        [
            .. Within(policy.Entry.MinDaysPastDue, 1, 3650, "$.entry.minDaysPastDue"),
            .. AtLeast(policy.Entry.MinOverdue, 0, "$.entry.minOverdue"),
            .. AtLeast(cured, 0, "$.exit.curedAtOverdue"),
            .. contradicts
                ? [new PolicyError("$.exit.curedAtOverdue", $"a loan with {policy.Entry.MinOverdue} overdue would enter and be cured at once", "less than $.entry.minOverdue") { Presupposes = "$.entry" }]
                : Array.Empty<PolicyError>(),
        ];
    }

    private static IEnumerable<PolicyError> Order(Waterfall waterfall, string path) => Unless(
        waterfall.Order.Count == 4 && waterfall.Order.Distinct().Count() == 4,
        path,
        $"[{string.Join(", ", waterfall.Order.Select(component => component.ToString().ToLowerInvariant()))}] is no waterfall",
        EachComponentOnce);

    private static IEnumerable<PolicyError> Exceptions(IReadOnlyList<WaterfallException> exceptions)
    {
        for (var index = 0; index < exceptions.Count; index++)
        {
            var exception = exceptions[index];
            var path = $"$.account.exceptions[{index}]";
            foreach (var error in Order(exception.Waterfall, $"{path}.waterfall.order")) yield return error;
            if (exception is { MinDaysPastDue: null, AfterWriteOff: false })
                yield return new PolicyError(path, "the exception has no condition", "minDaysPastDue or afterWriteOff");
            if (exception.MinDaysPastDue is < 1)
                yield return new PolicyError($"{path}.minDaysPastDue", $"{exception.MinDaysPastDue} is too small", "1 or more");
            if (exceptions.Take(index).Any(earlier => Covers(earlier, exception)))
                yield return new PolicyError(path, "an exception before it always applies first", "the narrower exception first") { Presupposes = "$.account.exceptions" };
        }
    }

    private static bool Covers(WaterfallException earlier, WaterfallException later) =>
        (!earlier.AfterWriteOff || later.AfterWriteOff) && (earlier.MinDaysPastDue ?? 0) <= (later.MinDaysPastDue ?? 0);

    private static IEnumerable<PolicyError> Buckets(IReadOnlyList<AgeBucket> buckets)
    {
        const string path = "$.account.buckets";
        if (buckets.Count == 0)
            yield return new PolicyError(path, "there are no buckets", "ranges from 1 day on, without gap or overlap, the last one open");
        foreach (var error in Unique(buckets, bucket => bucket.Name, index => $"{path}[{index}].name", "bucket")) yield return error;
        int? next = 1;
        for (var index = 0; index < buckets.Count; index++)
        {
            var bucket = buckets[index];
            if (string.IsNullOrWhiteSpace(bucket.Name))
                yield return new PolicyError($"{path}[{index}].name", "the name is empty", "a name");
            if (next is null)
                yield return new PolicyError($"{path}[{index}]", "the bucket before it has no end", "only the last bucket open") { Presupposes = path };
            else if (bucket.From != next)
                yield return new PolicyError($"{path}[{index}].from", $"{bucket.From} leaves a {(bucket.From > next ? "gap" : "overlap")}", $"{next}") { Presupposes = path };
            if (bucket.To < bucket.From)
                yield return new PolicyError($"{path}[{index}].to", $"{bucket.To} is before {bucket.From}", $"{bucket.From} or more");
            next = bucket.To is { } to && to < int.MaxValue ? to + 1 : null;
        }

        if (buckets.Count > 0 && buckets[^1].To is { } end)
            yield return new PolicyError($"{path}[{buckets.Count - 1}].to", $"no bucket covers more than {end} days", "no 'to' in the last bucket");
    }

    private static IEnumerable<PolicyError> Promises(Policy policy, TemplateCatalogue templates) =>
    [
        .. Unless(policy.Promise.KeptAtLeast is > 0 and <= 1, "$.promise.keptAtLeast", $"{policy.Promise.KeptAtLeast} is no part of a promise", "a fraction above 0, 1 at most"),
        .. Within(policy.Promise.GraceDays, 0, 90, "$.promise.graceDays"),
        .. Within(policy.Promise.MaxDaysAhead, 1, 366, "$.promise.maxDaysAhead"),
        .. Within(policy.Promise.ReminderDaysBefore, 0, 90, "$.promise.reminderDaysBefore"),
        .. policy.Promise.ReminderTemplate is { } reminder ? Template(policy, reminder, "$.promise.reminderTemplate", templates, care: false, Purpose.Care) : [],
        .. policy.Promise.BrokenTemplate is { } broken ? Template(policy, broken, "$.promise.brokenTemplate", templates, care: false) : [],
    ];

    private static IEnumerable<PolicyError> Plans(Policy policy, TemplateCatalogue templates) =>
    [
        .. Within(policy.Plan.GraceDays, 0, 90, "$.plan.graceDays"),
        .. Within(policy.Plan.MissedToBreak, 1, 600, "$.plan.missedToBreak"),
        .. Within(policy.Plan.ReviewEveryDays, 1, 366, "$.plan.reviewEveryDays"),
        .. Within(policy.Plan.MaxInstalments, 1, 600, "$.plan.maxInstalments"),
        .. policy.Plan.MissedTemplate is { } missed ? Template(policy, missed, "$.plan.missedTemplate", templates, care: false, Purpose.Care) : [],
    ];

    private static IEnumerable<PolicyError> RiskBands(Policy policy) =>
    [
        .. Unless(policy.Risk.MediumFrom is >= 0 and <= 100, "$.risk.mediumFrom", $"{policy.Risk.MediumFrom} is no score", "0 to 100"),
        .. Unless(policy.Risk.HighFrom is >= 0 and <= 100, "$.risk.highFrom", $"{policy.Risk.HighFrom} is no score", "0 to 100"),
        .. Unless(policy.Risk.MediumFrom < policy.Risk.HighFrom, "$.risk", $"high begins at {policy.Risk.HighFrom}, medium at {policy.Risk.MediumFrom}", "mediumFrom less than highFrom"),
    ];
}

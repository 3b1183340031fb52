using System.Collections.Frozen;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Policies;

/// <summary>What a policy's members mean, for editors that show the schema's descriptions.</summary>
internal static class PolicyDescriptions
{
    private static readonly FrozenDictionary<(Type Type, string Member), string> Texts = new Dictionary<(Type, string), string>
    {
        [(typeof(Policy), "name")] = "Lower-case words joined by '-'.",
        [(typeof(Policy), "version")] = "Grows with every change; a case keeps the version it entered with.",
        [(typeof(Policy), "sources")] = "Where the strategy comes from: requirement ids, documents.",
        [(typeof(Policy), "jurisdictions")] = "What it is meant for (US covers US-MA); empty: any.",
        [(typeof(Policy), "creditorRole")] = "The creditor role it is meant for; none: any.",
        [(typeof(Policy), "language")] = "The language of messages where the borrower's own has no template.",
        [(typeof(Policy), "houseRules")] = "Whether the lender's own contact rules bind besides the law's.",
        [(typeof(Policy), "stepsAt")] = "The borrower's local time at which steps fall due, as HH:mm.",
        [(typeof(Policy), "reviewEveryDays")] = "Days between reviews of an open case.",
        [(typeof(Policy), "stages")] = "From the mildest to the hardest; a case moves forward through them within one delinquency.",
        [(typeof(Policy), "steps")] = "What is done when.",
        [(typeof(Policy), "templates")] = "Messages of its own; one takes the place of the shipped one of its name and language. {name}-letter is preferred for letters.",
        [(typeof(EntryRules), "minDaysPastDue")] = "Collection starts from this many days past due.",
        [(typeof(EntryRules), "minOverdue")] = "Collection starts from this much overdue, in the loan's currency.",
        [(typeof(ExitRules), "curedAtOverdue")] = "The delinquency is over when no more than this is overdue, in the loan's currency.",
        [(typeof(AccountRules), "exceptions")] = "Waterfalls for special conditions; the first that applies wins.",
        [(typeof(AccountRules), "penaltyDaysInYear")] = "360 or 365.",
        [(typeof(AccountRules), "buckets")] = "Ranges of days past due from 1 on, without gap or overlap, the last one open.",
        [(typeof(AccountRules), "rebateUnearnedInterest")] = "Whether paying off early waives the interest not yet earned.",
        [(typeof(Waterfall), "order")] = "Each of penalty, fee, interest, principal exactly once.",
        [(typeof(Waterfall), "direction")] = "All components of the oldest instalment first, or the first component of every instalment first.",
        [(typeof(WaterfallException), "minDaysPastDue")] = "Applies from this many days past due on the payment's value date.",
        [(typeof(WaterfallException), "afterWriteOff")] = "Applies to payments valued on or after the write-off.",
        [(typeof(PromiseRules), "keptAtLeast")] = "The part of the promised amount that must arrive, 0.95 for 95 %.",
        [(typeof(PromiseRules), "graceDays")] = "Days after the promised date in which money still keeps it.",
        [(typeof(PromiseRules), "maxDaysAhead")] = "How many days ahead a promise may lie.",
        [(typeof(PlanRules), "missedToBreak")] = "Missed instalments that break the plan.",
        [(typeof(PlanRules), "missedTemplate")] = "The template of the warning; none: a task only.",
        [(typeof(RiskRules), "mediumFrom")] = "From this score (0 to 100) the band is medium.",
        [(typeof(RiskRules), "highFrom")] = "From this score (0 to 100) the band is high.",
        [(typeof(LegalRules), "costOfSuit")] = "In the loan's currency.",
        [(typeof(LegalRules), "expectedRecovery")] = "The part of the balance a suit is expected to recover, 0 to 1.",
        [(typeof(Stage), "team")] = "Who works it; tasks go there unless a step says otherwise.",
        [(typeof(Stage), "care")] = "Before the due date: nothing in it may demand.",
        [(typeof(LadderStep), "at")] = "Either daysPastDue, or after with delayDays.",
        [(typeof(LadderStep), "when")] = "What must hold on the day the step falls due; otherwise it is skipped.",
        [(typeof(LadderStep), "do")] = "Exactly one of notify, task, approval.",
        [(typeof(StepTrigger), "daysPastDue")] = "Of the oldest unpaid instalment; negative: before the due date (care).",
        [(typeof(StepTrigger), "after")] = "The id of the step it follows.",
        [(typeof(StepTrigger), "delayDays")] = "Days after that step.",
        [(typeof(StepCondition), "minTries")] = "Contacts made in this delinquency with no answer since.",
        [(typeof(StepCondition), "answered")] = "Whether the borrower answered in this delinquency.",
        [(typeof(StepRepeat), "times")] = "How many more times.",
        [(typeof(NotifyAction), "channels")] = "The first the borrower can be reached by: sms, email, letter.",
        [(typeof(NotifyAction), "template")] = "The name of a template there is in the policy's language.",
        [(typeof(TaskAction), "kind")] = "call, visit, video-call, verify-details, lawyers-letter, place-with-agency, evaluate-suit …",
    }.ToFrozenDictionary();

    internal static string? Of(Type declaringType, string member) => Texts.GetValueOrDefault((declaringType, member));
}

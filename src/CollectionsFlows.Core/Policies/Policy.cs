using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Policies;

/// <summary>A collection strategy as data: who enters, which steps are taken when, what ends it. Durations are whole days, times are local to the borrower.</summary>
public sealed record Policy
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public int SchemaVersion { get; init; } = 1;

    public required string Name { get; init; }

    /// <summary>Grows with every change; a case keeps the version it entered with.</summary>
    public required int Version { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>Where the strategy comes from: requirement ids, documents.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The jurisdictions it is meant for (<c>US</c> covers <c>US-MA</c>); empty: any.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>The creditor role it is meant for; null: any.</summary>
    public CreditorRole? CreditorRole { get; init; }

    /// <summary>The language of messages where the borrower's own has no template.</summary>
    public required string Language { get; init; }

    /// <summary>Whether the lender's own contact rules (<c>HOUSE-</c>) bind besides the law's.</summary>
    public bool HouseRules { get; init; } = true;

    /// <summary>The local time at which steps fall due; the contact gate decides whether a contact is made then.</summary>
    public TimeOnly StepsAt { get; init; } = new(10, 0);

    public EntryRules Entry { get; init; } = new();

    public ExitRules Exit { get; init; } = new();

    public AccountRules Account { get; init; } = new();

    public PromiseRules Promise { get; init; } = new();

    public PlanRules Plan { get; init; } = new();

    public RiskRules Risk { get; init; } = new();

    public LegalRules Legal { get; init; } = new();

    /// <summary>Days between reviews of an open case: nothing is ever forgotten.</summary>
    public int ReviewEveryDays { get; init; } = 30;

    /// <summary>From the mildest to the hardest; a case moves forward through them within one delinquency.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    public required IReadOnlyList<LadderStep> Steps { get; init; }

    /// <summary>
    /// The notices the law wants: no part of a strategy or of its file, so that no policy can leave one out. The host joins those in force when it reads
    /// a policy, whatever version of it a case keeps, for a law binds at once.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<NoticeDuty> Notices { get; init; } = [];

    /// <summary>Messages of its own; one takes the place of the shipped one of its name and language. Null: the shipped ones only.</summary>
    public IReadOnlyList<PolicyTemplate>? Templates { get; init; }

    /// <summary>The shipped templates with its own over them.</summary>
    public TemplateCatalogue TemplatesOver(TemplateCatalogue shipped) =>
        Templates is null ? shipped : shipped.With([.. Templates.Select(template => template.ToTemplate())]);

    /// <summary>Whether it is meant for a loan: its jurisdiction (<c>US</c> covers <c>US-MA</c>) and the creditor's role.</summary>
    public bool Fits(LoanTerms terms) =>
        (CreditorRole is null || CreditorRole == terms.CreditorRole)
        && (Jurisdictions.Count == 0 || Jurisdictions.Any(jurisdiction => Contact.JurisdictionPack.Covers(jurisdiction, terms.Jurisdiction)));
}

/// <summary>Names a policy and the version of it.</summary>
public sealed record PolicyReference(string Name, int Version)
{
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>When an overdue loan starts to be collected, e.g. only from 5 DPD and 5 currency units.</summary>
public sealed record EntryRules
{
    public int MinDaysPastDue { get; init; } = 1;

    /// <summary>In the loan's currency.</summary>
    public decimal MinOverdue { get; init; }
}

/// <summary>When collection ends.</summary>
public sealed record ExitRules
{
    /// <summary>The delinquency is over when no more than this is overdue, in the loan's currency.</summary>
    public decimal CuredAtOverdue { get; init; }
}

/// <summary>When a promise to pay counts as kept.</summary>
public sealed record PromiseRules
{
    /// <summary>The part of the promised amount that must arrive, 0.95 for 95 %.</summary>
    public decimal KeptAtLeast { get; init; } = 0.95m;

    /// <summary>Days after the promised date in which money still keeps it.</summary>
    public int GraceDays { get; init; } = 1;

    /// <summary>How far ahead a promise may lie.</summary>
    public int MaxDaysAhead { get; init; } = 30;

    /// <summary>The template that reminds of a promise about to fall due; null: none.</summary>
    public string? ReminderTemplate { get; init; }

    /// <summary>Days before the promised date on which it is sent.</summary>
    public int ReminderDaysBefore { get; init; } = 1;

    /// <summary>The template sent when a promise was broken; null: none.</summary>
    public string? BrokenTemplate { get; init; }
}

/// <summary>How a payment plan is watched (S13).</summary>
public sealed record PlanRules
{
    public int GraceDays { get; init; } = 3;

    /// <summary>Missed instalments that break the plan; each earlier one is warned about.</summary>
    public int MissedToBreak { get; init; } = 2;

    public int ReviewEveryDays { get; init; } = 30;

    /// <summary>The most instalments a plan may have (60 for Chinese card debt, <c>CN-CARD-PLAN</c>).</summary>
    public int MaxInstalments { get; init; } = 60;

    /// <summary>The template of the warning; null: a task only.</summary>
    public string? MissedTemplate { get; init; }
}

/// <summary>What a suit costs against what it may bring (S19).</summary>
public sealed record LegalRules
{
    /// <summary>Cost of a suit, in the loan's currency.</summary>
    public decimal CostOfSuit { get; init; }

    /// <summary>The part of the balance a suit is expected to recover.</summary>
    public decimal ExpectedRecovery { get; init; } = 0.5m;
}

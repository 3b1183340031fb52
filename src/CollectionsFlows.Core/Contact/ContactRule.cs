using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Rules;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact;

/// <summary>Whom a rule binds.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<BoundRole>))]
public enum BoundRole
{
    Both,

    /// <summary>Only who collects its own debt.</summary>
    Creditor,

    /// <summary>Only who collects for others.</summary>
    Collector,
}

/// <summary>What a rule's numbers rest on.</summary>
public enum RuleStatus
{
    /// <summary>The primary text was read.</summary>
    [JsonStringEnumMemberName("T")]
    Primary,

    /// <summary>A secondary source (news, law-firm digest): shipped, marked, the operator may change the number.</summary>
    [JsonStringEnumMemberName("S")]
    Secondary,
}

/// <summary>Who loosened a shipped rule and why: shown in every verdict the loosened rule took part in.</summary>
public sealed record RuleOverride(string By, string Reason);

/// <summary>
/// One rule of a pack. Each kind of rule is a subtype with its own parameters; the <c>$type</c> names are part of the published JSON.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(LocalHoursRule), "local-hours")]
[JsonDerivedType(typeof(ConflictingZonesRule), "conflicting-zones")]
[JsonDerivedType(typeof(PreferencesRule), "preferences")]
[JsonDerivedType(typeof(OptOutRule), "opt-out")]
[JsonDerivedType(typeof(StopFlagRule), "stop-flag")]
[JsonDerivedType(typeof(WorkEmailRule), "work-email")]
[JsonDerivedType(typeof(ThirdPartyRule), "third-party")]
[JsonDerivedType(typeof(VisitRule), "visit")]
[JsonDerivedType(typeof(TextPermissionRule), "text-permission")]
[JsonDerivedType(typeof(EmailPermissionRule), "email-permission")]
[JsonDerivedType(typeof(ContactLimitRule), "contact-limit")]
[JsonDerivedType(typeof(CallsPerDebtRule), "calls-per-debt")]
[JsonDerivedType(typeof(QuietAfterConversationRule), "quiet-after-conversation")]
[JsonDerivedType(typeof(RestAfterPhoneDaysRule), "rest-after-phone-days")]
[JsonDerivedType(typeof(VariedTextRule), "varied-text")]
[JsonDerivedType(typeof(DutyRule), "duty")]
public abstract record ContactRule
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Where the rule is written.</summary>
    public required string Source { get; init; }

    public RuleStatus Status { get; init; }

    /// <summary>The day on which the source was last read; null: the pack's.</summary>
    public DateOnly? AsOf { get; init; }

    public BoundRole Binds { get; init; }

    /// <summary>Ids of the rules this one takes the place of; a lender's own rule names the shipped one it replaces.</summary>
    /// <remarks>Generated JSON readers set members that are left out to null: hence the default here and in every list of a rule.</remarks>
    public IReadOnlyList<string> Supersedes { get; init => field = value ?? []; } = [];

    /// <summary>Present when a lender loosened the rule.</summary>
    public RuleOverride? Override { get; init; }

    /// <summary>What is wrong with the parameters, in words that say what was expected; null when nothing is. Only a faultless rule may judge.</summary>
    [JsonIgnore]
    public virtual string? Fault => null;

    /// <summary>Whether the rule binds a creditor in this role.</summary>
    public bool BindsRole(CreditorRole role) =>
        Binds == BoundRole.Both || Binds == (role == CreditorRole.Collector ? BoundRole.Collector : BoundRole.Creditor);

    /// <summary>
    /// The first instant at or after <paramref name="t"/> at which this rule alone allows the contact, exact to the tick;
    /// <paramref name="t"/> itself when it allows now; null when it never will. Every instant in between is blocked.
    /// </summary>
    /// <param name="subject">The contact and what is known.</param>
    /// <param name="t">From when, in UTC.</param>
    public abstract DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t);

    /// <summary>
    /// Whether no allowed instant is known for want of data, where <see cref="NextAllowed"/> at <paramref name="t"/> is null: then the contact
    /// waits until somebody supplies it, and is not lost.
    /// </summary>
    public virtual bool IsUnknown(in ContactSubject subject, DateTimeOffset t) => false;

    /// <summary>The id under which a block at <paramref name="t"/> is cited: a rule that blocks only for want of data says so by another id.</summary>
    public virtual string CitedAs(in ContactSubject subject, DateTimeOffset t) => Id;

    /// <summary>
    /// Whether this rule, put in the place of <paramref name="other"/>, surely blocks whatever it blocks: a lender may tighten freely and must
    /// own up to anything else. Kinds without numbers to tighten are never taken to be as strict.
    /// </summary>
    public bool IsAtLeastAsStrictAs(ContactRule other) =>
        GetType() == other.GetType() && (Binds == BoundRole.Both || Binds == other.Binds) && Tightens(other);

    /// <summary>Compares the parameters with those of a rule of the same kind.</summary>
    protected virtual bool Tightens(ContactRule other) => false;

    /// <summary>Whether a list that says what is bound or counted (left out: everything) names all that another names.</summary>
    protected static bool Widens<T>(IReadOnlyList<T>? list, IReadOnlyList<T>? other) => list is null || (other is not null && other.All(list.Contains));

    /// <summary>Whether a parameter list names a value; a list left out names everything.</summary>
    protected static bool Names<T>(IReadOnlyList<T>? list, T? value)
        where T : struct, Enum
    {
        if (list is null)
            return true;
        for (var i = 0; i < list.Count; i++)
            if (value is { } v && EqualityComparer<T>.Default.Equals(list[i], v))
                return true;
        return false;
    }
}

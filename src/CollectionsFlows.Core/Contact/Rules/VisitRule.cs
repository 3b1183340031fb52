namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// Visits by enough people (<c>VISIT-TWO</c>). Where their number is not known yet the rule lets the visit be planned; the visit's report states it.
/// It counts nothing.
/// </summary>
public sealed record VisitRule : ContactRule
{
    public required int MinPersons { get; init; }

    protected override bool Tightens(ContactRule other) => other is VisitRule visit && MinPersons >= visit.MinPersons;

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t) =>
        subject.Request.Channel == Channel.Visit && subject.Request.Persons < MinPersons ? null : t;
}

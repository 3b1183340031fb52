using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>The duties of <c>regulation.md</c> with its numbers, written down anew: a shipped file that says something else fails these stories.</summary>
internal static class TheLaw
{
    private static readonly HolidayRule[] Holidays =
    [
        new() { Name = "New Year's Day", Month = 1, Day = 1, Observed = ObservedShift.NearestWeekday },
        new() { Name = "Martin Luther King", Month = 1, Nth = 3, Weekday = DayOfWeek.Monday },
        new() { Name = "Independence Day", Month = 7, Day = 4, Observed = ObservedShift.NearestWeekday },
        new() { Name = "Christmas Day", Month = 12, Day = 25, Observed = ObservedShift.NearestWeekday },
    ];

    public static readonly NoticeDuty Validation = Duty("US-VALIDATION", "US", NoticeTrigger.FirstCollection) with
    {
        Binds = BoundRole.Collector,
        WithinDays = 5,
        Period = new NoticePeriod { ReceiptDays = 5, Calendar = "us-federal", Days = 30, JoinedCalendar = new ComputedCalendar("us-federal", "US", "5 USC 6103", Holidays) },
        WhileMissing = [NoticeStop.Collection],
        Task = "send-validation-notice",
    };

    public static readonly NoticeDuty Arrears = Duty("GB-NOSIA", "GB", NoticeTrigger.InstalmentsUnpaid) with
    {
        Instalments = 2, WithinDays = 14, RepeatMonths = 6, WhileMissing = [NoticeStop.Collection, NoticeStop.Enforcement, NoticeStop.Interest],
        MissingFlag = "nosia-missing", Task = "send-notice-of-arrears",
    };

    public static readonly NoticeDuty Default = Duty("GB-DEFAULT-14", "GB", NoticeTrigger.Enforcement) with { WaitDays = 14, Task = "send-default-notice" };

    public static readonly NoticeDuty Forbearance = Duty("EU-FORBEARANCE", "EU", NoticeTrigger.Enforcement) with { WaitDays = 30, Task = "send-forbearance-offer" };

    public static readonly NoticeDuty PlanContents = Duty("CN-CARD-PLAN", "CN", NoticeTrigger.PlanAccepted) with
    {
        WithinDays = 5, PlanMaxMonths = 60, Task = "send-plan-agreement",
    };

    public static IReadOnlyList<NoticeDuty> All { get; } = [Validation, Arrears, Default, Forbearance, PlanContents];

    /// <summary>A policy under the law.</summary>
    public static Policy UnderTheLaw(this Policy policy) => policy with { Notices = All };

    public static LoanTerms PlacedInTheUs(this LoanTerms terms) => terms with { CreditorRole = CreditorRole.Collector, Jurisdiction = "US-MA" };

    public static LoanTerms InBritain(this LoanTerms terms) => terms with { Jurisdiction = "GB", TimeZones = ["Europe/London"] };

    public static LoanTerms InGermany(this LoanTerms terms) => terms with { Jurisdiction = "EU-DE", TimeZones = ["Europe/Berlin"] };

    public static LoanTerms InChina(this LoanTerms terms) => terms with { Jurisdiction = "CN", TimeZones = ["Asia/Shanghai"] };

    private static NoticeDuty Duty(string id, string jurisdiction, NoticeTrigger at) => new()
    {
        Id = id, Title = id, Source = "regulation.md", Jurisdiction = jurisdiction, At = at, Channels = [Channel.Email, Channel.Letter],
        Template = $"template-of-{jurisdiction}", Task = "set by each",
    };
}

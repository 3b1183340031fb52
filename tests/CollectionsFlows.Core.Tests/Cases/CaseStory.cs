using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Tells the story of one case in virtual time: inputs at instants, wakes whenever the case wants one, commands answered the way the test says.</summary>
internal sealed class CaseStory
{
    private readonly BorrowerClock clock;
    private readonly List<RecordedFact> facts = [];
    private int inputs;

    public CaseStory(LoanTerms terms, Policy policy, string enrolledOn, IReadOnlyList<Channel>? channels = null)
    {
        Policy = policy;
        clock = new BorrowerClock(terms.TimeZones);
        Now = clock.At(Day(enrolledOn), new TimeOnly(8, 0));
        Happens(new CaseEvent.LoanEnrolled(terms, new PolicyReference(policy.Name, policy.Version), channels ?? [Channel.Sms, Channel.Email]));
    }

    public Policy Policy { get; }

    /// <summary>Virtual time.</summary>
    public DateTimeOffset Now { get; private set; }

    public CaseState State { get; private set; } = null!;

    public IReadOnlyList<RecordedFact> Facts => facts;

    /// <summary>What becomes of a message when its time has come; null: it stays pending.</summary>
    public Func<PendingCommand, ContactResult?> Carrier { get; set; } = _ => ContactResult.Sent;

    /// <summary>Whether dossiers are archived as soon as they are asked for.</summary>
    public bool Archives { get; set; } = true;

    public AccountPosition Account => CaseAccount.Position(State, Policy, clock.DateAt(Now));

    public DateOnly Today => clock.DateAt(Now);

    public DateTimeOffset? NextWake => CaseDecider.NextWake(State, Policy, Now);

    public IEnumerable<T> All<T>()
        where T : CaseFact => facts.Select(recorded => recorded.Fact).OfType<T>();

    public T Last<T>()
        where T : CaseFact => All<T>().Last();

    /// <summary>The local dates on which facts of a kind were recorded, that satisfy a condition.</summary>
    public string[] DatesOf<T>(Func<T, bool>? which = null)
        where T : CaseFact =>
        [.. facts.Where(recorded => recorded.Fact is T fact && (which is null || which(fact))).Select(recorded => $"{clock.DateAt(recorded.At):yyyy-MM-dd}")];

    /// <summary>Steps taken, as <c>date step</c>.</summary>
    public string[] Steps() =>
        [.. facts.Where(recorded => recorded.Fact is CaseFact.StepTaken)
            .Select(recorded => $"{clock.DateAt(recorded.At):yyyy-MM-dd} {((CaseFact.StepTaken)recorded.Fact).Step}")];

    /// <summary>Why the last input was ignored; null when it was not.</summary>
    public string? Ignored { get; private set; }

    /// <summary>Something happens now; the case decides, timers act, commands are answered.</summary>
    public CaseStory Happens(CaseEvent happened, DateTimeOffset? at = null, string? id = null)
    {
        var before = facts.Count;
        Take(CaseDecider.Decide(State, new CaseInput(id ?? $"evt-{++inputs}", at ?? Now, happened), Policy, Now));
        Ignored = facts.Skip(before).Select(recorded => recorded.Fact).OfType<CaseFact.InputIgnored>().LastOrDefault()?.Why;
        Settle();
        return this;
    }

    /// <summary>Lets time pass to a local time of a day, waking whenever the case wants it.</summary>
    public CaseStory Until(string day, int hour = 12)
    {
        var end = clock.At(Day(day), new TimeOnly(hour, 0));
        Assert.True(end >= Now, $"{day} is over");
        for (var wakes = 0; NextWake is { } wake && wake <= end; wakes++)
        {
            Assert.True(wakes < 5000, "the case does not let time pass");
            if (wake <= Now)
            {
                // Only a message that stays pending on purpose asks for a wake at once.
                break;
            }

            Now = wake;
            Settle();
        }

        Now = end;
        return this;
    }

    /// <summary>Lets time pass without waking the case, as when the host was down.</summary>
    public CaseStory Sleep(string day, int hour = 12)
    {
        Now = clock.At(Day(day), new TimeOnly(hour, 0));
        return this;
    }

    public CaseStory Wake()
    {
        Settle();
        return this;
    }

    public CaseStory Pays(decimal amount, string id = "P-1", string? valueOn = null, string currency = "USD", DateTimeOffset? at = null) =>
        Happens(new CaseEvent.PaymentPosted(id, amount, Currency.Parse(currency), "transfer", valueOn is null ? null : Day(valueOn)), at);

    public CaseStory Reverses(string id = "P-1") => Happens(new CaseEvent.PaymentReversed(id, "nsf"));

    public CaseStory Promises(decimal amount, string dueOn, string id = "PTP-1") => Happens(new CaseEvent.PromiseMade(id, amount, Day(dueOn)));

    public CaseStory AcceptsPlan(params (string DueOn, decimal Amount)[] instalments) =>
        Happens(new CaseEvent.PlanAccepted("PLAN-1", [.. instalments.Select(each => new PlanInstalment(Day(each.DueOn), each.Amount))], "written"));

    public CaseStory Starts(ExceptionTrack track, string? from = null, string? until = null, string? reference = null) =>
        Happens(new CaseEvent.TrackStarted(track, reference, from is null ? null : Day(from), until is null ? null : Day(until)));

    public CaseStory Ends(ExceptionTrack track, string? reference = null) => Happens(new CaseEvent.TrackEnded(track, reference, "done"));

    public CaseStory Decides(bool approved) =>
        Happens(new CaseEvent.ApprovalDecided(Assert.Single(State.Approvals).Id, approved, "supervisor-1", "weighed"));

    /// <summary>Reports the result of a message.</summary>
    public CaseStory Reports(PendingCommand pending, ContactResult result, DateTimeOffset? until = null) =>
        Happens(new CaseEvent.ContactAttempted(Attempt(pending, result, until)));

    public static ContactAttempt Attempt(PendingCommand pending, ContactResult result, DateTimeOffset? until = null) => new()
    {
        CommandId = pending.Command.Id,
        Number = pending.Attempt,
        Template = ((CaseCommand.SendNotification)pending.Command).Template,
        Result = result,
        Channel = Channel.Sms,
        Until = until,
    };

    private void Take(CaseDecision decision)
    {
        State = decision.State!;
        facts.AddRange(decision.Facts);
    }

    /// <summary>Timers act and commands are answered until nothing is left to do now.</summary>
    private void Settle()
    {
        Take(CaseDecider.Wake(State, Policy, Now));
        while (State.Commands.FirstOrDefault(IsReady) is { } pending)
        {
            var answer = pending.Command is CaseCommand.SendNotification
                ? (CaseEvent)new CaseEvent.ContactAttempted(Attempt(pending, Carrier(pending)!.Value))
                : new CaseEvent.DossierArchived(pending.Command.Id, $"dossier-{pending.Command.Id}", "00ff");
            Take(CaseDecider.Decide(State, new CaseInput($"evt-{++inputs}", Now, answer), Policy, Now));
            Take(CaseDecider.Wake(State, Policy, Now));
        }
    }

    private bool IsReady(PendingCommand pending) =>
        !(pending.NotBefore > Now) && (pending.Command is CaseCommand.SendNotification ? Carrier(pending) is not null : Archives);
}

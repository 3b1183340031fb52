using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Lives through a <see cref="RandomCase"/> and keeps every decision with the state before it.</summary>
internal sealed class CaseRun
{
    /// <summary>How many kinds of move there are.</summary>
    public const int Kinds = 24;

    private readonly RandomCase drawn;
    private readonly List<(CaseState? Before, DateTimeOffset Now, CaseDecision Decision)> decisions = [];
    private int inputs;

    private CaseRun(RandomCase drawn)
    {
        this.drawn = drawn;
        Now = RandomCase.OpensAt;
        Happens(new CaseEvent.LoanEnrolled(drawn.Terms, new PolicyReference("story", 1), [Channel.Sms]));
    }

    public CaseState State { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<(CaseState? Before, DateTimeOffset Now, CaseDecision Decision)> Decisions => decisions;

    public IEnumerable<RecordedFact> Facts => decisions.SelectMany(decision => decision.Decision.Facts);

    public List<CaseInput> Inputs { get; } = [];

    public static CaseRun Of(RandomCase drawn)
    {
        var run = new CaseRun(drawn);
        foreach (var move in drawn.Moves)
        {
            run.PassTime(move);
            run.Happens(run.EventOf(move));
        }

        return run;
    }

    /// <summary>Every state the case went through, with the fact that led to it and the state before it.</summary>
    public IEnumerable<(CaseState? Before, RecordedFact Fact, CaseState After)> Steps()
    {
        CaseState? state = null;
        foreach (var fact in Facts)
        {
            var after = CaseEvolution.Evolve(state, fact);
            yield return (state, fact, after);
            state = after;
        }
    }

    private void PassTime(Move move)
    {
        var end = Now.AddHours(move.Hours);
        while (move.Wakes && CaseDecider.NextWake(State, drawn.Policy, Now) is { } wake && wake > Now && wake <= end)
        {
            Now = wake;
            Wake();
        }

        Now = end;
        if (move.Second % 3 != 0)
        {
            Wake();
        }
    }

    private void Wake() => Keep(State, CaseDecider.Wake(State, drawn.Policy, Now));

    private void Happens(CaseEvent happened)
    {
        var input = new CaseInput($"evt-{++inputs}", Now.AddMinutes(-(inputs % 90)), happened);
        Inputs.Add(input);
        Keep(State, CaseDecider.Decide(State, input, drawn.Policy, Now));
    }

    private void Keep(CaseState? before, CaseDecision decision)
    {
        decisions.Add((before, Now, decision));
        State = decision.State!;
    }

    private CaseEvent EventOf(Move move)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var amount = 1m + (move.First * 37 % 20_000 / 100m);
        var id = $"{move.Second % 4}";
        var track = (ExceptionTrack)(move.First % 10);
        var reference = track == ExceptionTrack.Complaint ? $"c-{id}" : null;
        return move.Kind switch
        {
            0 or 1 or 2 or 3 => new CaseEvent.PaymentPosted($"P-{move.Second % 40}", amount, Currency.Parse("USD"), null, move.First % 3 == 0 ? today.AddDays(-(move.Second % 30)) : null),
            4 or 5 => new CaseEvent.PaymentReversed($"P-{move.Second % 40}", "nsf"),
            6 or 7 => new CaseEvent.PromiseMade($"PTP-{move.Second}", amount, today.AddDays((move.First % 35) - 2)),
            8 => new CaseEvent.PromiseCancelled(State.Promises.Count > 0 ? State.Promises[^1].PromiseId : "PTP-0"),
            9 => Plan(move, today, amount),
            10 => new CaseEvent.PlanCancelled(State.Plan?.PlanId ?? "none", "asked"),
            11 or 12 => new CaseEvent.TrackStarted(track, reference, move.Second % 2 == 0 ? today.AddDays((move.Second % 40) - 20) : null, move.First % 2 == 0 ? today.AddDays(move.Second % 60) : null),
            13 or 14 => State.Tracks.Count > 0 ? new CaseEvent.TrackEnded(State.Tracks[0].Track, State.Tracks[0].Reference) : new CaseEvent.TrackEnded(track, reference),
            15 => new CaseEvent.ReplyReceived(Channel.Sms, OptOut: false),
            16 => new CaseEvent.ContactReported(Channel.Phone, (Direction)(move.First % 2), (ContactOutcome)(3 + (move.Second % 7))),
            17 => new CaseEvent.TaskCompleted(State.Tasks.Count > 0 ? State.Tasks[move.First % State.Tasks.Count].Id : "L-1:0", move.Second % 2 == 0 ? "no-estate" : "done"),
            18 or 19 => new CaseEvent.ApprovalDecided(State.Approvals.Count > 0 ? State.Approvals[0].Id : "L-1:0", move.First % 4 != 0, "boss", "because"),
            20 => new CaseEvent.LoanUpdated(drawn.Terms with { PenaltyAnnualRate = move.First % 5 / 100m }),
            21 => move.First % 10 == 0 ? new CaseEvent.LoanWithdrawn(move.Second % 2 == 0 ? "sold" : "error") : new CaseEvent.PlacementRecalled("late"),
            _ => Result(move),
        };
    }

    private static CaseEvent.PlanAccepted Plan(Move move, DateOnly today, decimal amount) => new(
        $"PLAN-{move.Second}", [.. Enumerable.Range(0, move.First % 4).Select(month => new PlanInstalment(today.AddDays(5 + (month * 20)), amount))], "electronic");

    private CaseEvent Result(Move move)
    {
        if (State.Commands.Count == 0 || move.Second % 4 == 0)
        {
            return Report(move);
        }

        var pending = State.Commands[move.First % State.Commands.Count];
        if (pending.Command is not CaseCommand.SendNotification)
        {
            return new CaseEvent.DossierArchived(pending.Command.Id, "dossier", "00ff");
        }

        var result = (ContactResult)(move.Second % 6);
        var attempt = CaseStory.Attempt(pending, result, result == ContactResult.Deferred ? Now.AddHours(move.First % 40) : null);
        return new CaseEvent.ContactAttempted(result == ContactResult.Failed ? attempt with { Code = Code(move) } : attempt);
    }

    /// <summary>The carrier's word on any message of the case: gone out or waiting, for the first time or again, whether it can be true or not.</summary>
    private CaseEvent.DeliveryReported Report(Move move)
    {
        var messages = Facts.Where(recorded => recorded.Fact is CaseFact.NotificationRequested).Select(recorded => $"L-1:{recorded.Seq}").ToList();
        var about = messages.Count == 0 || move.First % 10 == 0 ? $"L-1:{move.First}" : messages[^(1 + (move.First % Math.Min(2, messages.Count)))];
        return new CaseEvent.DeliveryReported(about, Delivered: move.First % 5 == 0, Code(move));
    }

    private static string? Code(Move move) => (move.First % 7) switch { 0 => "4004", 1 => null, 2 => "5001", _ => "4006" };
}

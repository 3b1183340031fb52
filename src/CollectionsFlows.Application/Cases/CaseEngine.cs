using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Application.Telemetry;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Cases;

/// <summary>Advances a case: drains its inbox, lets due timers act, and commits what was decided in one step. Both hosts call it; neither knows a rule.</summary>
public sealed class CaseEngine(ICaseStore store, IPolicySource policies, TimeProvider time)
{
    /// <summary>So many lost races mean that something else is wrong.</summary>
    private const int MostRaces = 50;

    /// <summary>One step of a case, as of now. Doing it again when nothing happened changes nothing.</summary>
    /// <returns>The case after the step; null when the loan is not known.</returns>
    /// <exception cref="InvalidOperationException">An invariant is broken: the case must not go on until a person has looked.</exception>
    public ValueTask<AdvancedCase?> AdvanceAsync(string loanId, CancellationToken cancellation = default) =>
        StepTelemetry.IsObserved ? ObservedStepAsync(loanId, cancellation) : StepAsync(loanId, cancellation);

    private async ValueTask<AdvancedCase?> ObservedStepAsync(string loanId, CancellationToken cancellation)
    {
        using var activity = EngineTelemetry.Start(StepTelemetry.Activity, loanId);
        var started = time.GetTimestamp();
        try
        {
            var advanced = await StepAsync(loanId, cancellation);
            StepTelemetry.Ended(activity, advanced, time.GetElapsedTime(started));
            return advanced;
        }
        catch (Exception problem) when (StepTelemetry.Failed(activity, problem, time.GetElapsedTime(started)))
        {
            throw;
        }
    }

    private async ValueTask<AdvancedCase?> StepAsync(string loanId, CancellationToken cancellation)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            var record = await store.LoadAsync(loanId, cancellation);
            var now = time.GetUtcNow();
            if (Decide(record, now) is not { } decided)
            {
                return null;
            }

            if (decided.Facts.Count == 0 && record.Inbox.Count == 0 && decided.NextWake == record.NextWake)
            {
                return new AdvancedCase(decided.State, decided.NextWake, []);
            }

            if (await store.CommitAsync(Step(loanId, record, decided, now), cancellation))
            {
                StepTelemetry.Committed(record, decided.Facts, now);
                return new AdvancedCase(decided.State, decided.NextWake, decided.Facts);
            }
        }

        throw new InvalidOperationException($"case {loanId} is being changed by others all the time");
    }

    /// <summary>Decides on each input by itself, and lets time act after each: how inputs are grouped into steps changes nothing.</summary>
    private Decided? Decide(CaseRecord record, DateTimeOffset now)
    {
        var state = record.State;
        var inputs = InOrder(record);
        if (state is null && inputs.Count == 0)
        {
            return null;
        }

        var facts = new List<RecordedFact>();
        var policy = policies.Find(state?.Policy ?? ((CaseEvent.LoanEnrolled)inputs[0].Event).Policy);
        foreach (var input in inputs)
        {
            var decision = CaseDecider.Decide(state, input, policy, now);
            state = decision.State ?? throw new InvalidOperationException($"the enrolment cannot be opened: {decision.Refused}");
            facts.AddRange(decision.Facts);
            (state, var woken) = CaseDecider.Wake(state!, policy, now);
            facts.AddRange(woken);
        }

        if (inputs.Count == 0)
        {
            (state, var woken) = CaseDecider.Wake(state!, policy, now);
            facts.AddRange(woken);
        }

        return new Decided(state!, facts, policy, CaseDecider.NextWake(state!, policy, now));
    }

    /// <summary>By arrival; an enrolment comes first, for nothing else makes sense before it. Empty for a loan nobody has enrolled.</summary>
    private static List<CaseInput> InOrder(CaseRecord record)
    {
        var inputs = record.Inbox.Select(item => item.Input).ToList();
        if (record.State is null)
        {
            var enrolment = inputs.FindIndex(input => input.Event is CaseEvent.LoanEnrolled);
            if (enrolment < 0)
            {
                return [];
            }

            inputs.Insert(0, inputs[enrolment]);
            inputs.RemoveAt(enrolment + 1);
        }

        return inputs;
    }

    private static CaseStep Step(string loanId, CaseRecord record, Decided decided, DateTimeOffset now)
    {
        var entries = new List<JournalEntry>(decided.Facts.Count);
        var hash = record.LastHash;
        foreach (var fact in decided.Facts)
        {
            var entry = JournalLine.Write(loanId, fact, hash);
            entries.Add(entry);
            hash = entry.Hash;
        }

        return new CaseStep
        {
            LoanId = loanId,
            ExpectedVersion = record.Version,
            Facts = entries,
            State = decided.State,
            LastHash = hash,
            Drained = [.. record.Inbox.Select(item => item.Input.Id)],
            NextWake = decided.NextWake,
            Index = CaseIndexing.Of(decided.State, decided.Policy, decided.NextWake, now),
        };
    }

    private sealed record Decided(CaseState State, IReadOnlyList<RecordedFact> Facts, Policy Policy, DateTimeOffset? NextWake);
}

/// <summary>A case after a step.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="NextWake">When it wants the next step if nothing happens before.</param>
/// <param name="NewFacts">The facts the step added.</param>
public sealed record AdvancedCase(CaseState State, DateTimeOffset? NextWake, IReadOnlyList<RecordedFact> NewFacts);

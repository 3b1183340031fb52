using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Adds the figures up. Sums and counts only, so the order in which loans finish does not matter.</summary>
internal sealed class ReplayFigures
{
    private static readonly int[] Ages = [30, 60, 90, 180, 360];

    private readonly SortedDictionary<string, int> byStatus = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> byReason = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> byStage = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> contacts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AmountFigures> amounts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> policies = new(StringComparer.Ordinal);
    private readonly int[] now = new int[Ages.Length];
    private readonly int[] ever = new int[Ages.Length];
    private int loans, facts, began, cured, kept, broken, complaints, contacted, afterEnd, duplicates;
    private long secondsToContact;

    public void Add(ReplayLoan loan, CaseRow row)
    {
        var state = loan.State!;
        loans++;
        facts += loan.Measures.Facts;
        began += state.Delinquencies;
        cured += loan.Measures.Cures;
        kept += loan.Measures.PromisesKept;
        broken += loan.Measures.PromisesBroken;
        complaints += loan.Measures.Complained ? 1 : 0;
        afterEnd += loan.EventsAfterEnd;
        duplicates += loan.Duplicates;
        policies.Add(state.Policy.ToString());
        Count(byStatus, Csv.Name(row.Status));
        Count(byReason, state.ClosedReason is { } reason ? Csv.Name(reason) : null);
        Count(byStage, state.Stage);
        foreach (var fact in loan.Contacts)
        {
            Count(contacts, Csv.Name(((CaseFact.ContactAttempted)fact.Fact).Attempt.Result));
        }

        if (loan.Measures.TimeToFirstContact is { } wait)
        {
            contacted++;
            secondsToContact += (long)wait.TotalSeconds;
        }

        for (var age = 0; age < Ages.Length; age++)
        {
            now[age] += state.ClosedReason is null && row.Position.DaysPastDue >= Ages[age] ? 1 : 0;
            ever[age] += row.MaxDaysPastDue >= Ages[age] ? 1 : 0;
        }

        AddAmounts(loan, row);
    }

    public ReplaySummary Summary(ReplayRequest request, ReplayDigests digests, int unmatched, double elapsedSeconds, long caseDays) => new()
    {
        Policies = [.. policies],
        From = request.From,
        Until = request.Until,
        Loans = loans,
        ByStatus = byStatus,
        ByClosedReason = byReason,
        ByStage = byStage,
        Contacts = contacts,
        Amounts = [.. amounts.Values],
        Kpis = new KeyFigures
        {
            DelinquencyRate = Rates(now),
            EverDelinquentRate = Rates(ever),
            CureRate = Rate(cured, began),
            PromiseKeptRate = Rate(kept, kept + broken),
            ComplaintRate = Rate(complaints, loans),
            DaysToFirstContact = contacted == 0 ? null : decimal.Round(secondsToContact / 86400m / contacted, 2),
        },
        UnmatchedEvents = unmatched,
        EventsAfterEnd = afterEnd,
        DuplicateEvents = duplicates,
        Facts = facts,
        Sha256 = digests,
        CaseDays = caseDays,
        ElapsedSeconds = Math.Round(elapsedSeconds, 3),
    };

    private void AddAmounts(ReplayLoan loan, CaseRow row)
    {
        var currency = loan.Terms.Currency.Code;
        var due = loan.Terms.Instalments.Where(instalment => instalment.DueOn <= row.Position.AsOf).Sum(instalment => instalment.Total);
        var before = amounts.GetValueOrDefault(currency) ?? new AmountFigures(currency, 0m, 0m, 0m, 0m, 0m);
        amounts[currency] = before with
        {
            Due = before.Due + due,
            Paid = before.Paid + row.Position.Paid,
            Recovered = before.Recovered + loan.Measures.Recovered,
            Overdue = before.Overdue + row.Position.Overdue.Total,
            Outstanding = before.Outstanding + row.Position.Balance.Total,
        };
    }

    private SortedDictionary<string, decimal> Rates(int[] counts)
    {
        var rates = new SortedDictionary<string, decimal>(Comparer<string>.Create((left, right) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right)));
        for (var age = 0; age < Ages.Length; age++)
        {
            rates[$"dpd{Ages[age]}"] = Rate(counts[age], loans);
        }

        return rates;
    }

    private static decimal Rate(int part, int whole) => whole == 0 ? 0m : decimal.Round((decimal)part / whole, 4);

    private static void Count(SortedDictionary<string, int> counts, string? name)
    {
        if (name is not null)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }
}

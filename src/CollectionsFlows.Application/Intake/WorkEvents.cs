using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Intake;

/// <summary>Human work, approvals and what the lender does with the loan itself.</summary>
internal static class WorkEvents
{
    public static IReadOnlyList<(string Type, Func<EventEnvelope, UnderstoodEvent> Read)> Kinds { get; } =
    [
        ("task.completed", TaskCompleted),
        ("approval.decided", ApprovalDecided),
        ("placement.recalled", PlacementRecalled),
        ("loan.updated", LoanUpdated),
        ("loan.withdrawn", LoanWithdrawn),
    ];

    private static UnderstoodEvent TaskCompleted(EventEnvelope received)
    {
        var taskId = received.Data.Id("taskId", 300);
        var outcome = received.Data.Id("outcome", 40).ToLowerInvariant().Replace(' ', '-');
        if (EventKinds.CodeOf(outcome) != outcome && outcome.Length > 0)
            received.Data.Report("outcome", $"{FieldChecks.Shown(outcome)} is no short code of letters, digits and -; words belong into 'note'");
        var note = received.Data.OptionalText("note");
        return new(new CaseEvent.TaskCompleted(taskId, outcome), note is null ? null : new() { Text = note });
    }

    /// <summary>Who decided and why is the record the decision rests on (S19, S20): it stays in the case, in the decider's words.</summary>
    private static UnderstoodEvent ApprovalDecided(EventEnvelope received)
    {
        var data = received.Data;
        return new(new CaseEvent.ApprovalDecided(data.Id("approvalId", 300), data.Flag("approved"), data.Id("by"), data.Id("reason", 1000)));
    }

    private static UnderstoodEvent PlacementRecalled(EventEnvelope received)
    {
        var reason = received.Data.Text("reason");
        return new(new CaseEvent.PlacementRecalled(EventKinds.CodeOf(reason)), EventKinds.TextUnlessCode(reason));
    }

    private static UnderstoodEvent LoanWithdrawn(EventEnvelope received)
    {
        var reason = received.Data.Text("reason");
        return new(new CaseEvent.LoanWithdrawn(EventKinds.CodeOf(reason)), EventKinds.TextUnlessCode(reason));
    }

    /// <summary>The loan object of the NDJSON file. Name, phone and e-mail may be left out; those that are there complete the borrower's details.</summary>
    private static UnderstoodEvent LoanUpdated(EventEnvelope received)
    {
        void Report(string path, string problem) => received.Report(path, problem);
        void ReportColumn(int column, string problem) => Report($"data.{LoanColumns.Names[column]}", problem);
        var loan = new JsonLoan(received.Data.Json, "data", Report);
        var pool = new TextPool();
        var raw = loan.RawFields();
        if (raw[LoanColumns.LoanId].Length == 0)
            raw[LoanColumns.LoanId] = received.LoanId;
        else if (raw[LoanColumns.LoanId] != received.LoanId)
            ReportColumn(LoanColumns.LoanId, "another loan than the event's loanId");
        var fields = LoanFields.Read(raw, pool, nameRequired: false, ReportColumn);
        var draft = new LoanDraft(received.LoanId, 0) { Raw = raw, Fields = fields, Attributes = loan.Attributes(pool) };
        foreach (var instalment in loan.Instalments(fields?.Currency))
            draft.Add(instalment, 0);
        var updated = draft.Finish((_, column, problem) => ReportColumn(column, problem));
        if (updated is null)
            return new(new CaseEvent.LoanWithdrawn("unreadable"));
        updated = updated.Separated();
        return new(new CaseEvent.LoanUpdated(updated.Terms), new() { Details = updated.WithZones(updated.Borrower), DetailsOf = updated.Terms.BorrowerId });
    }
}

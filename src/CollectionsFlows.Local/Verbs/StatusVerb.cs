using System.CommandLine;
using System.Globalization;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>status</c>: where cases stand, what they will do next and why. Works beside a running host.</summary>
internal static class StatusVerb
{
    private const int Shown = 25;
    private const int FactsShown = 15;

    private static readonly Option<string> Data = Options.Text("--data", "The data directory.");
    private static readonly Option<bool> All = new("--all") { Description = "Every case, not only the most overdue." };
    private static readonly Argument<string?> LoanId = new("LOANID") { Description = "One case in detail.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Why = new("--why")
    {
        Description = "Why the borrower of LOANID was contacted or not at an instant or on a date, or could be at one to come; without a value: now.",
        HelpName = "INSTANT|DATE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Channel = new("--channel") { Description = "With --why: only by sms, email, phone, visit or letter.", HelpName = "CHANNEL" };

    public static Command Create()
    {
        var command = new Command("status", "Where cases stand, next action and why.") { Data, All, LoanId, Why, Channel };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var directory = arguments.GetRequiredValue(Data);
        if (!File.Exists(DataDirectory.Database(directory)))
        {
            throw new UsageException($"{directory} holds no data; import a portfolio into it, or start the demo");
        }

        var keys = StoreKeys.LoadOrCreate(directory, Environment.GetEnvironmentVariable(StoreKeys.EnvironmentVariable));
        await using var store = await SqliteStore.OpenAsync(directory, keys, readOnly: true);
        using var clock = await VirtualClock.OfAsync(directory);
        TimeProvider time = clock?.Time ?? TimeProvider.System;
        var policies = PolicyShelf.Open(directory);
        var reader = new CaseReader(store, policies, time, _ => null);
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetResult(Why) is not null || arguments.GetValue(Channel) is not null)
        {
            await WhyAsync(arguments, CaseSystem.ReasonsOf(directory, store, policies, LenderRules.InForce(directory), time), output, cancellation);
            return CommandLine.Done;
        }

        return arguments.GetValue(LoanId) is { } loanId
            ? await OneAsync(store, reader, loanId, output, cancellation)
            : await ManyAsync(directory, store, reader, time, clock is not null, arguments.GetValue(All), output, cancellation);
    }

    private static async Task WhyAsync(ParseResult arguments, ContactReasons reasons, TextWriter output, CancellationToken cancellation)
    {
        var loanId = arguments.GetValue(LoanId) ?? throw new UsageException("--why needs a LOANID");
        if (WhyRequest.Read(arguments.GetValue(Why), arguments.GetValue(Channel), purpose: null, persons: null, out var errors) is not { } asked)
        {
            throw new UsageException(string.Join(" ", errors.Select(error => $"--{(error.Field == "at" ? "why" : error.Field)}: {error.Problem}.")));
        }

        var answer = await reasons.WhyAsync(loanId, asked, cancellation) ?? throw new UsageException($"loan {loanId} is not known here");
        foreach (var line in answer.Lines)
        {
            await output.WriteLineAsync(line);
        }
    }

    private static async Task<int> ManyAsync(
        string directory, SqliteStore store, CaseReader reader, TimeProvider time, bool isVirtual, bool all, TextWriter output, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var kpis = await reader.KpisAsync(cancellation);
        await output.WriteLineAsync(Line($"{now:yyyy-MM-dd HH:mm}Z{(isVirtual ? " (virtual)" : "")}: {string.Join(", ", kpis.CasesByStatus.Where(count => count.Value > 0).Select(count => $"{count.Value} {Name(count.Key)}"))}"));
        foreach (var total in kpis.Totals)
        {
            await output.WriteLineAsync(Line($"  {total.Currency}: {total.Overdue:N2} overdue of {total.Balance:N2} outstanding in {total.Cases} open cases"));
        }

        await output.WriteLineAsync(Line($"  {kpis.OpenTasks} tasks and {kpis.OpenApprovals} approvals wait for people, {kpis.Unmatched} events have no loan"));
        foreach (var alert in Alerts(directory, time))
        {
            await output.WriteLineAsync($"  ! {alert}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(Line($"{"loan",-16} {"status",-11} {"stage",-14} {"DPD",4} {"overdue",16}  next"));
        var query = new CaseQuery { Sort = "-daysPastDue", Today = DateOnly.FromDateTime(now.UtcDateTime), PageSize = all ? int.MaxValue : Shown };
        var page = await store.ListAsync(query, cancellation);
        foreach (var found in page.Cases)
        {
            var detail = (await reader.DetailAsync(found.LoanId, cancellation))!;
            var next = detail.NextAction is { } action ? Line($"{action.At:yyyy-MM-dd HH:mm}Z {action.Why}") : "nothing";
            await output.WriteLineAsync(Line(
                $"{detail.LoanId,-16} {Name(detail.Status),-11} {detail.Stage,-14} {detail.DaysPastDue,4} {detail.Overdue,12:N2} {detail.Currency}  {next}"));
        }

        if (page.Total > page.Cases.Count)
        {
            await output.WriteLineAsync(Line($"… and {page.Total - page.Cases.Count} more (--all)"));
        }

        return CommandLine.Done;
    }

    /// <summary>Calendars that run out. A rule file that is wrong is told, for the host will not start with it; cases are shown all the same.</summary>
    private static IReadOnlyList<string> Alerts(string directory, TimeProvider time)
    {
        try
        {
            return new CalendarAlerts(LenderRules.InForce(directory).Packs, time).Now();
        }
        catch (UsageException problem)
        {
            return [problem.Message];
        }
    }

    private static async Task<int> OneAsync(SqliteStore store, CaseReader reader, string loanId, TextWriter output, CancellationToken cancellation)
    {
        if (await reader.DetailAsync(loanId, cancellation) is not { } detail)
        {
            throw new UsageException($"loan {loanId} is not known here");
        }

        await output.WriteLineAsync(Line($"{detail.LoanId}: {Name(detail.Status)}{(detail.ClosedReason is { } reason ? $" ({Name(reason)})" : "")}, stage {detail.Stage ?? "none"}, policy {detail.Policy}"));
        await output.WriteLineAsync(Line($"  {detail.DaysPastDue} days past due (at most {detail.MaxDaysPastDue}), {detail.Overdue:N2} {detail.Currency} overdue, payoff today {detail.Payoff.Amount:N2}"));
        await output.WriteLineAsync(Line($"  risk {(detail.Risk is { } risk ? $"{Name(risk.Band)} ({risk.Score})" : "not assessed")}, last contact {(detail.LastContactAt is { } last ? $"{last:yyyy-MM-dd HH:mm}Z" : "none")}"));
        await output.WriteLineAsync(detail.NextAction is { } next ? Line($"  next: {next.At:yyyy-MM-dd HH:mm}Z {next.Why}") : "  next: nothing");
        foreach (var task in detail.Tasks)
        {
            await output.WriteLineAsync(Line($"  task {task.Id}: {task.Kind} for {task.Team}, due {task.DueAt:yyyy-MM-dd}: {task.Why}"));
        }

        foreach (var approval in detail.Approvals)
        {
            await output.WriteLineAsync(Line($"  approval {approval.Id}: {Name(approval.Subject)}, asked of {approval.Team} on {approval.RequestedAt:yyyy-MM-dd}"));
        }

        await output.WriteLineAsync();
        var sequence = (await store.LoadAsync(loanId, cancellation)).State!.Sequence;
        foreach (var entry in await store.JournalAsync(loanId, Math.Max(0, sequence - FactsShown), FactsShown, cancellation))
        {
            var (_, fact, _, _) = JournalLine.Read(entry.Line);
            await output.WriteLineAsync(Line($"  {fact.Seq,4}  {fact.At:yyyy-MM-dd HH:mm}Z  {FactWords.Describe(fact, Currency.Parse(detail.Currency))}"));
        }

        return CommandLine.Done;
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

using System.Net;
using System.Text.Json;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>Lives a portfolio through a host over HTTP, some days at a time, while the host is killed as scheduled.</summary>
/// <remarks>The next stimulus waits until the cases are at rest, so that what may legitimately differ (which of two things came first) does not.</remarks>
internal sealed class KillRun(string directory, DemoPortfolio portfolio, KillSchedule schedule)
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.Parse(HostProcess.Start, System.Globalization.CultureInfo.InvariantCulture);

    private static readonly TimeSpan Stretch = TimeSpan.FromDays(2);

    private HostProcess host = null!;
    private byte[] secret = [];
    private int step;

    /// <summary>The steps of a run: the import, and events, approvals and clock of each stretch of days.</summary>
    public static int StepsOf(DemoPortfolio portfolio) => 1 + (3 * Stretches(portfolio));

    /// <summary>The steps in which events arrive.</summary>
    public static IReadOnlyList<int> EventSteps(DemoPortfolio portfolio) =>
    [
        .. portfolio.Events.Select(line => Math.Max(0, (int)Math.Ceiling((line.At - Begin) / Stretch))).Where(stretch => stretch < Stretches(portfolio))
            .Distinct().Select(stretch => 1 + (3 * stretch)),
    ];

    public int Kills { get; private set; }

    /// <summary>Kills that hit a request on its way.</summary>
    public int KillsInFlight { get; private set; }

    /// <summary>Requests that were on their way when the host died.</summary>
    public int RequestsHit { get; private set; }

    public int Requests { get; private set; }

    public async Task ExecuteAsync()
    {
        await StartAsync();
        try
        {
            await StepAsync([Stimulus.Import(LoansCsv())]);
            var events = new Queue<ContractEvent>(portfolio.Events);
            for (var stretch = 0; stretch < Stretches(portfolio); stretch++)
            {
                var now = Begin + (Stretch * stretch);
                var due = new List<ContractEvent>();
                while (events.TryPeek(out var next) && next.At <= now)
                    due.Add(events.Dequeue());
                await EventsAsync(due, now);
                await StepAsync(await ApprovalsAsync());
                await StepAsync([Stimulus.ClockTo(now + Stretch)]);
            }

            Assert.DoesNotContain("suspended", host.Log, StringComparison.Ordinal);
        }
        finally
        {
            host.Dispose();
        }
    }

    private static int Stretches(DemoPortfolio portfolio) => (portfolio.Until.DayNumber - portfolio.From.DayNumber) / (int)Stretch.TotalDays;

    private string LoansCsv()
    {
        using var text = new StringWriter();
        portfolio.WriteLoans(text);
        return text.ToString();
    }

    /// <summary>All loans at once; several events of one loan one after another, for their order decides.</summary>
    private async Task EventsAsync(List<ContractEvent> due, DateTimeOffset now)
    {
        var rounds = due.GroupBy(line => line.LoanId).SelectMany(loan => loan.Select((line, round) => (line, round))).ToLookup(item => item.round, item => item.line);
        for (var round = 0; round < Math.Max(1, rounds.Count); round++)
        {
            var last = round >= rounds.Count - 1;
            var batch = rounds[round].Select(Stimulus.Event).ToList();
            if (last)
                await StepAsync(batch);
            else
                await SendAllAsync(batch);
            await SendAllAsync([Stimulus.ClockTo(now)]); // Returns when the cases are at rest.
        }
    }

    private async Task<List<Stimulus>> ApprovalsAsync()
    {
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync("/api/approvals?pageSize=100"));
        return [.. json.RootElement.GetProperty("approvals").EnumerateArray().Select(row =>
        {
            var (loanId, approvalId) = (row.GetProperty("loanId").GetString()!, row.GetProperty("approvalId").GetString()!);
            return Stimulus.Approval(loanId, approvalId, approved: loanId[^1] % 3 != 0);
        })];
    }

    private async Task StepAsync(List<Stimulus> stimuli)
    {
        var open = stimuli;
        while (schedule.Next(step) is { } delay)
        {
            // Everything twice at once, as senders do that lose patience.
            var sending = Task.WhenAll(open.Concat(open).Select(TrySendAsync));
            await Task.Delay(delay);
            host.Kill();
            Kills++;
            var answered = await sending;
            var hit = answered.Count(ok => !ok);
            RequestsHit += hit;
            KillsInFlight += hit > 0 ? 1 : 0;
            open = [.. open.Where((_, index) => !answered[index] && !answered[index + open.Count])];
            Assert.DoesNotContain("suspended", host.Log, StringComparison.Ordinal);
            host.Dispose();
            await StartAsync();
        }

        await SendAllAsync(open);
        step++;
    }

    private async Task SendAllAsync(List<Stimulus> stimuli)
    {
        var answered = await Task.WhenAll(stimuli.Select(TrySendAsync));
        Assert.True(Array.TrueForAll(answered, ok => ok), $"the host died by itself: {host.Log}");
    }

    /// <summary>False: no answer came.</summary>
    private async Task<bool> TrySendAsync(Stimulus stimulus)
    {
        Requests++;
        try
        {
            using var request = stimulus.ToRequest(secret);
            using var answer = await host.Client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{stimulus.Name}: {(int)answer.StatusCode} {body}\n{host.Log}");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task StartAsync()
    {
        host = await HostProcess.StartAsync(directory);
        var text = (await File.ReadAllTextAsync(Path.Combine(directory, "webhook-secrets"))).Trim();
        secret = Convert.FromBase64String(text["whsec_".Length..]);
    }
}

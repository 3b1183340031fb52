using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Conformance;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>
/// Clocks that sleep for months must wake under code that did not exist when they fell asleep. Histories recorded from the official engine are
/// replayed by the orchestrator as it is today, and it must ask for exactly what it asked for then.
/// </summary>
public class ReplayTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Orchestration", "Histories");

    [Fact]
    public void recorded_histories_go_on_as_they_did()
    {
        var recorded = File.ReadAllLines(Path.Combine(Folder, "clocks-1.txt"));

        Assert.True(recorded.Length >= 40, "the recording is not whole");
        for (var line = 0; line < recorded.Length; line++)
        {
            var (request, answer) = (recorded[line].Split(' ')[0], recorded[line].Split(' ')[1]);
            var now = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(Run(request)));
            var then = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
            Assert.True(now.Actions.Equals(then.Actions) && now.CustomStatus == then.CustomStatus, $"line {line + 1}: {now.Actions} instead of {then.Actions}");
        }
    }

    [Fact]
    public void the_replay_notices_a_clock_that_asks_for_something_else()
    {
        var request = File.ReadAllLines(Path.Combine(Folder, "clocks-1.txt")).Select(line => line.Split(' ')[0]).MaxBy(line => line.Length)!;

        var answer = GrpcOrchestrationRunner.LoadAndRun<CaseAlarm, object>(request, async (context, alarm) =>
        {
            await context.CallActivityAsync("SomethingElse", alarm!.LoanId);
            return null;
        });

        var complete = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer)).Actions.Select(action => action.CompleteOrchestration).Single(action => action is not null);
        Assert.Equal(OrchestrationStatus.Failed, complete.OrchestrationStatus);
        Assert.Contains("NonDeterministic", complete.FailureDetails.ErrorType, StringComparison.Ordinal);
    }

    /// <summary>The policy and what the decider makes of it change while the clock sleeps; a policy is a value the engine asks for, so swapping the source is a new release.</summary>
    [Fact]
    public async Task a_new_policy_and_a_new_decider_meet_a_sleeping_clock()
    {
        var recorder = new BoundaryRecorder();
        var policies = new ChangingPolicies();
        await using var house = await DurableHouse.StartAsync(
            At("2026-03-01T10:00:00-05:00"), DurableHostConformanceTests.InMemory, tasks => Sidecar.InMemoryAsync(tasks, recorder),
            services => services.AddSingleton<IPolicySource>(provider => policies.Over(provider.GetRequiredService<Application.Lender.PolicyShelf>())));
        await Stories.ImportAsync(house, "L-1", ("2026-03-02", 600));
        await house.AdvanceToAsync(At("2026-03-03T12:00:00-05:00")); // DPD 1: reminded, and asleep until the second reminder at DPD 10.

        policies.Change(policy => policy with { Steps = [.. policy.Steps.Where(step => step.Id != "second-reminder")] });
        await house.AdvanceToAsync(At("2026-04-02T00:00:00-04:00")); // DPD 30 has passed.

        var steps = await Stories.StepsAsync(house, "L-1");
        Assert.Contains("friendly-reminder", steps);
        Assert.DoesNotContain("second-reminder", steps);
        Assert.Contains("arrears-notice", steps);
        Assert.DoesNotContain(recorder.Responses, response => response.Actions.Any(action => action.CompleteOrchestration?.OrchestrationStatus == OrchestrationStatus.Failed));
        Assert.Single(recorder.Requests.Select(request => request.InstanceId).Distinct());
    }

    /// <summary>Records anew: <c>COLLECTIONS_PIN=1</c>. A released recording is never written again; a new orchestrator gets a new file.</summary>
    [Fact]
    public async Task the_recording_is_of_a_whole_life()
    {
        var recorder = new BoundaryRecorder();
        await using (var house = await DurableHouse.StartAsync(
            At("2026-02-20T10:00:00-05:00"), DurableHostConformanceTests.InMemory, tasks => Sidecar.InMemoryAsync(tasks, recorder)))
        {
            await Stories.ImportAsync(house, "L-1", ("2026-03-02", 300), ("2026-09-01", 300));
            await house.AdvanceToAsync(At("2026-05-15T00:00:00-04:00"));
        }

        var lines = Turns(recorder.Messages);
        Assert.True(lines.Count >= 26, $"{lines.Count} turns"); // Thirteen wakes of the ladder by the middle of May, each with a turn to step and one to sleep; more is timing.
        if (Environment.GetEnvironmentVariable("COLLECTIONS_PIN") == "1")
            await File.WriteAllLinesAsync(Path.Combine(Pins(), "clocks-1.txt"), lines);
    }

    /// <summary>One clock takes its turns one after the other: each answer belongs to the request before it.</summary>
    private static List<string> Turns(IReadOnlyList<IMessage> messages)
    {
        var turns = new List<string>();
        OrchestratorRequest? asked = null;
        foreach (var message in messages)
        {
            if (message is WorkItem { OrchestratorRequest: { } request })
                asked = request;
            else if (message is OrchestratorResponse answer && asked is not null)
                turns.Add($"{asked.ToByteString().ToBase64()} {answer.ToByteString().ToBase64()}");
        }

        return turns;
    }

    private static string Run(string request) =>
        GrpcOrchestrationRunner.LoadAndRun<CaseAlarm, object>(request, async (context, _) =>
        {
            await LoanCaseOrchestrator.RunAsync(context);
            return null;
        });

    private static string Pins([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Histories");

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class ChangingPolicies
    {
        private Func<Policy, Policy> change = policy => policy;

        public void Change(Func<Policy, Policy> to) => change = to;

        public IPolicySource Over(IPolicySource inner) => new Source(this, inner);

        private sealed class Source(ChangingPolicies owner, IPolicySource inner) : IPolicySource
        {
            public Policy Find(PolicyReference reference) => owner.change(inner.Find(reference));
        }
    }
}

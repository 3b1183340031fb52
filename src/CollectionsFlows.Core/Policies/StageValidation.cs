using static CollectionsFlows.Core.Policies.PolicyValidation;

namespace CollectionsFlows.Core.Policies;

/// <summary>The stages of a ladder, and that no step leads back to an earlier one.</summary>
internal static class StageValidation
{
    internal static IEnumerable<PolicyError> Check(Policy policy) =>
    [
        .. Unless(policy.Stages.Count > 0, "$.stages", "there are no stages", "at least one"),
        .. Unique(policy.Stages, stage => stage.Name, index => $"$.stages[{index}].name", "stage"),
        .. policy.Stages.SelectMany(Each),
        .. CareFirst(policy.Stages),
        .. Forward(policy),
    ];

    private static IEnumerable<PolicyError> Each(Stage stage, int index) =>
    [
        .. Unless(IsKebabCase(stage.Name), $"$.stages[{index}].name", $"'{stage.Name}' is no name", KebabCase),
        .. Unless(!string.IsNullOrWhiteSpace(stage.Team), $"$.stages[{index}].team", "the team is empty", "the team that owns the stage"),
    ];

    private static IEnumerable<PolicyError> CareFirst(IReadOnlyList<Stage> stages)
    {
        for (var index = 1; index < stages.Count; index++)
            if (stages[index].Care && !stages[index - 1].Care)
                yield return new PolicyError($"$.stages[{index}]", $"care stage '{stages[index].Name}' comes after a collecting one", "care stages first") { Presupposes = "$.stages[*].care" };
    }

    /// <summary>Within one delinquency a case moves forward: neither a later day nor a step that follows another may go back a stage.</summary>
    private static IEnumerable<PolicyError> Forward(Policy policy)
    {
        var rank = policy.Stages.Select((stage, index) => (stage.Name, index)).DistinctBy(stage => stage.Name)
            .ToDictionary(stage => stage.Name, stage => stage.index, StringComparer.Ordinal);
        var ranked = policy.Steps.Select((step, index) => (Step: step, Index: index, Rank: rank.GetValueOrDefault(step.Stage, -1))).Where(step => step.Rank >= 0).ToList();
        var furthest = (Step: (LadderStep?)null, Rank: -1);
        foreach (var (step, index, stage) in ranked.Where(entry => entry.Step.At.DaysPastDue is not null).OrderBy(entry => entry.Step.At.DaysPastDue))
        {
            if (stage < furthest.Rank && furthest.Step!.At.DaysPastDue < step.At.DaysPastDue)
                yield return Back(index, step, furthest.Step!);
            if (stage > furthest.Rank) furthest = (step, stage);
        }

        foreach (var (step, index, stage) in ranked.Where(entry => entry.Step.At.After is not null))
            if (ranked.FirstOrDefault(entry => entry.Step.Id == step.At.After && entry.Index != index) is { Step: { } followed, Rank: var before } && stage < before)
                yield return Back(index, step, followed);
    }

    private static PolicyError Back(int index, LadderStep step, LadderStep earlier) =>
        new($"$.steps[{index}].stage", $"'{step.Stage}' goes back behind '{earlier.Stage}' of step '{earlier.Id}'", $"'{earlier.Stage}' or a later stage") { Presupposes = "$.stages[*].name" };
}

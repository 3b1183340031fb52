namespace CollectionsFlows.Core.Policies;

/// <summary>One thing that is wrong with a policy.</summary>
/// <param name="Path">Where, as a JSON path into the policy's document: <c>$.steps[3].do.notify.template</c>.</param>
/// <param name="Problem">What is wrong, with the value found.</param>
/// <param name="Expected">What would be right.</param>
public sealed record PolicyError(string Path, string Problem, string Expected)
{
    /// <summary>The part of the document this judgement relies on besides <see cref="Path"/>, <c>[*]</c> for every element of a list: where that part is itself unreadable, the judgement says nothing.</summary>
    public string? Presupposes { get; init; }

    public override string ToString() => $"{Path}: {Problem}; expected {Expected}";
}

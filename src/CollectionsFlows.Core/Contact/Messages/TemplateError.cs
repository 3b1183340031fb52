namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>One thing that is wrong with a template.</summary>
/// <param name="Index">Which of the templates checked, from 0.</param>
/// <param name="Path">Where in it, e.g. <c>wordings[2]</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
public sealed record TemplateError(int Index, string Path, string Problem, string Expected)
{
    /// <summary>Whether the judgement relies on the template's purpose: where that cannot be read, it says nothing.</summary>
    public bool RestsOnPurpose { get; init; }
}

using System.Text.Json.Serialization;

namespace CollectionsFlows.Web.Problems;

/// <summary>An error as RFC 9457 writes it.</summary>
/// <param name="Type">Stable: <c>urn:collectionsflows:problem:</c> and a slug. Scripts may rely on it.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time, without personal data or secrets.</param>
/// <param name="Errors">Everything wrong with what was sent.</param>
/// <param name="TraceId">Finds the request in the log; only where the server failed.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, IReadOnlyList<ProblemError>? Errors = null, string? TraceId = null);

/// <summary>One thing wrong with what was sent.</summary>
/// <param name="Field">Column, parameter or JSON path; empty when it is about the whole.</param>
/// <param name="Line">The line, 1 for the first, where there are lines.</param>
/// <param name="What">What is wrong and what was expected.</param>
public sealed record ProblemError(string Field, int? Line, [property: JsonPropertyName("problem")] string What)
{
    /// <summary>The rule that was broken, where a rule was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>The character at which it begins, 1 for the first, where it has a place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? At { get; init; }
}

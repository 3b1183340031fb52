namespace CollectionsFlows.Application.Intake;

/// <summary>One thing wrong with what was sent.</summary>
/// <param name="Line">The line of the file, 1 for the first; null where there are no lines.</param>
/// <param name="Field">The column or JSON path; empty when it is about the whole.</param>
/// <param name="Problem">What is wrong and what was expected, in one sentence without personal data.</param>
public sealed record InputError(int? Line, string Field, string Problem)
{
    public override string ToString() => (Line, Field) switch
    {
        (null, "") => Problem,
        (null, _) => $"{Field}: {Problem}",
        (_, "") => $"line {Line}: {Problem}",
        _ => $"line {Line}: {Field}: {Problem}",
    };
}

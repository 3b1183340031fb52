namespace CollectionsFlows.Functions.Storage;

/// <summary>The ids of the last writes of a row, latest first: they tell a writer whose answer was lost that the write was its own, even when others have written since.</summary>
internal static class StepTrail
{
    private const int Kept = 8;

    public static string Add(string? trail, string step) => string.Join(' ', (trail ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(step).Take(Kept));

    public static string Latest(string trail) => trail.Split(' ')[0];

    public static bool Holds(string? trail, string step) => trail?.Split(' ').Contains(step, StringComparer.Ordinal) == true;
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>A rule stated on a wall clock, before any zone is known.</summary>
internal interface IWallHours
{
    /// <summary>The first local time at or after <paramref name="local"/> that is allowed, on a wall clock that never jumps; null when there is none.</summary>
    DateTime? Next(DateTime local);
}

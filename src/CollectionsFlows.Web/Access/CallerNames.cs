using System.Security.Claims;

namespace CollectionsFlows.Web.Access;

/// <summary>What callers are called: by a stable id in facts and logs, by a name for people on pages only (S25).</summary>
public static class CallerNames
{
    /// <summary>The claim of the name that pages show; without it they show what facts record.</summary>
    public const string Shown = "collections:shown-name";

    /// <summary>Recorded with what the caller does, and in logs: it stays the same as long as the caller does, and says nothing more of a person than it must.</summary>
    internal static string? RecordedName(this ClaimsPrincipal caller) => caller.Identity?.Name;

    /// <summary>For the caller's own eyes.</summary>
    internal static string? ShownName(this ClaimsPrincipal caller) => caller.FindFirst(Shown)?.Value ?? caller.RecordedName();
}

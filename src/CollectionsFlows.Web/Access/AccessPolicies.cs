using Microsoft.AspNetCore.Authorization;

namespace CollectionsFlows.Web.Access;

/// <summary>Who may use which routes. Roles are claims, whatever scheme put them there.</summary>
internal static class AccessPolicies
{
    /// <summary>Cases, journals, figures: everybody with a role.</summary>
    public const string Read = "read";

    /// <summary>Worklists and personal data.</summary>
    public const string ReadPersonal = "read-personal";

    /// <summary>Enter events.</summary>
    public const string Act = "act";

    /// <summary>Import loans, move the clock; decide approvals.</summary>
    public const string Supervise = "supervise";

    public static string NameOf(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Agent => "agent",
        Role.Supervisor => "supervisor",
        Role.Auditor => "auditor",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no such role"),
    };

    public static void Add(AuthorizationOptions options)
    {
        Add(options, Read, Role.Viewer, Role.Agent, Role.Supervisor, Role.Auditor);
        Add(options, ReadPersonal, Role.Agent, Role.Supervisor, Role.Auditor);
        Add(options, Act, Role.Agent, Role.Supervisor);
        Add(options, Supervise, Role.Supervisor);
    }

    private static void Add(AuthorizationOptions options, string name, params Role[] roles) =>
        options.AddPolicy(name, policy => policy.RequireAuthenticatedUser().RequireRole(roles.Select(NameOf)));
}

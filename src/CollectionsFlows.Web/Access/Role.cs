using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Web.Access;

/// <summary>What a caller may do.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads cases, their journals and the figures: nothing personal.</summary>
    Viewer,

    /// <summary>And reads messages and worklists, and enters events.</summary>
    Agent,

    /// <summary>And decides approvals, imports loans and moves a virtual clock.</summary>
    Supervisor,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,
}

/// <summary>Who calls.</summary>
/// <param name="Name">Recorded with what the caller does.</param>
/// <param name="Role">What the caller may do.</param>
public sealed record Caller(string Name, Role Role);

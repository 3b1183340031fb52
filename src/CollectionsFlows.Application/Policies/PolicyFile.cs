using System.Text.Json;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>Reads and writes a policy as JSON.</summary>
public static class PolicyFile
{
    /// <summary>Reads a policy and reports everything that is wrong: shape, types and meaning together. The notices of the law are joined.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="templates">The templates its messages are rendered from.</param>
    public static PolicyCheck Check(ReadOnlyMemory<byte> utf8, TemplateCatalogue templates)
    {
        var (policy, faults) = JsonDocumentReader.Read(utf8, PolicyJson.Default.Policy);
        var shape = faults.Select(fault => new PolicyError(fault.Path, fault.Problem, fault.Expected));
        if (policy is null) return new PolicyCheck(null, [.. shape]);
        var meaning = PolicyValidation.Check(policy, templates)
            .Where(error => !faults.Any(fault => fault.Touches(error.Path) || (error.Presupposes is { } presupposed && fault.TouchesAny(presupposed))));
        IReadOnlyList<PolicyError> errors = [.. shape, .. meaning];
        return new PolicyCheck(errors.Count == 0 ? policy with { Notices = NoticeCatalogue.Shipped() } : null, errors);
    }

    /// <summary>The policy as JSON, defaults written out.</summary>
    public static string Write(Policy policy) => JsonSerializer.Serialize(policy, PolicyJson.Default.Policy);
}

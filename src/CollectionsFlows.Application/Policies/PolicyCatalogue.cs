using System.Collections.Concurrent;
using System.Text;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>The policies a host works with: those shipped and those a lender added. Safe to use from several threads.</summary>
public sealed class PolicyCatalogue : IPolicySource
{
    private readonly ConcurrentDictionary<PolicyReference, PolicyEntry> _entries = new();

    private PolicyCatalogue(TemplateCatalogue templates) => Templates = templates;

    /// <summary>The templates every policy's messages are rendered from.</summary>
    public TemplateCatalogue Templates { get; }

    /// <summary>A new catalogue with the shipped policies and templates.</summary>
    /// <exception cref="InvalidDataException">A shipped file is wrong: a broken build, which the tests would have caught.</exception>
    public static PolicyCatalogue Shipped()
    {
        var templates = TemplateFile.Check([.. ShippedFiles.Templates().Select(file => (file.Name, (ReadOnlyMemory<byte>)file.Utf8))]);
        var catalogue = new PolicyCatalogue(templates.Catalogue ?? throw new InvalidDataException(string.Join('\n', templates.Errors)));
        foreach (var (name, utf8) in ShippedFiles.Policies())
        {
            var check = catalogue.Add(utf8);
            if (check.Policy is null) throw new InvalidDataException(string.Join('\n', check.Errors.Select(error => $"{name}:{error}")));
        }

        return catalogue;
    }

    /// <summary>Every policy, by name, then version.</summary>
    public IReadOnlyList<PolicyEntry> All() =>
        [.. _entries.Values.OrderBy(entry => entry.Policy.Name, StringComparer.Ordinal).ThenBy(entry => entry.Policy.Version)];

    /// <summary>The latest version of a policy.</summary>
    public PolicyEntry? Find(string name)
    {
        PolicyEntry? latest = null;
        foreach (var entry in _entries.Values)
            if (entry.Policy.Name == name && entry.Policy.Version > (latest?.Policy.Version ?? 0)) latest = entry;
        return latest;
    }

    /// <summary>A given version: a case keeps the one it entered with.</summary>
    public Policy? Find(PolicyReference reference) => _entries.GetValueOrDefault(reference)?.Policy;

    Policy IPolicySource.Find(PolicyReference reference) =>
        Find(reference) ?? throw new InvalidOperationException($"policy {reference} is not known to this host");

    /// <summary>
    /// The policy for a loan nobody chose one for: of the collecting policies that fit it, one meant for its jurisdiction and role before
    /// one for any, then the first by name, in its latest version. Null when none fits.
    /// </summary>
    public Policy? DefaultFor(LoanTerms terms) => All()
        .Select(entry => entry.Policy)
        .Where(policy => policy.Fits(terms) && policy.Stages.Any(stage => !stage.Care))
        .OrderBy(policy => policy.Jurisdictions.Count == 0)
        .ThenBy(policy => policy.CreditorRole is null)
        .ThenBy(policy => policy.Name, StringComparer.Ordinal)
        .ThenByDescending(policy => policy.Version)
        .FirstOrDefault();

    /// <summary>Judges a policy without adding it.</summary>
    public PolicyCheck Check(ReadOnlyMemory<byte> utf8) => PolicyFile.Check(utf8, Templates);

    /// <summary>Judges a policy and the texts it sends (<see cref="PolicyContent"/>) without adding it: what a lender asks before using it.</summary>
    /// <remarks>Not asked of policies that cases already run with: their texts are judged when they go out, and a list that grew must not stop a host.</remarks>
    public PolicyCheck CheckWithTexts(ReadOnlyMemory<byte> utf8)
    {
        var check = Check(utf8);
        return check.Policy is { } policy && new PolicyContent(Templates, ContentCatalogue.Shipped()).Check(policy) is { Count: > 0 } findings
            ? new PolicyCheck(null, findings)
            : check;
    }

    /// <summary>Adds a policy. Adding the same text again changes nothing; a released version never changes its content.</summary>
    /// <returns>The policy, or its errors; a known name and version with another content is one.</returns>
    public PolicyCheck Add(ReadOnlyMemory<byte> utf8)
    {
        var check = Check(utf8);
        if (check.Policy is not { } policy) return check;
        var added = new PolicyEntry(policy, Encoding.UTF8.GetString(utf8.Span));
        var known = _entries.GetOrAdd(new PolicyReference(policy.Name, policy.Version), added);
        return PolicyFile.Write(known.Policy) == PolicyFile.Write(policy)
            ? check with { Policy = known.Policy }
            : new PolicyCheck(null, [new PolicyError("$.version", $"{policy.Name} version {policy.Version} is known with another content", "a new version for a changed policy")]);
    }

    /// <summary>A policy by name, or from a file: what <c>--policy NAME|FILE</c> means. A file is added to the catalogue.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public PolicyCheck Load(string nameOrFile)
    {
        if (Find(nameOrFile) is { } entry) return new PolicyCheck(entry.Policy, []);
        if (File.Exists(nameOrFile)) return File.ReadAllBytes(nameOrFile) is var utf8 && CheckWithTexts(utf8) is { Policy: null } wrong ? wrong : Add(utf8);
        var names = string.Join(", ", All().Select(known => known.Policy.Name).Distinct(StringComparer.Ordinal));
        return new PolicyCheck(null, [new PolicyError("$", $"there is no policy and no file '{nameOrFile}'", $"a file, or one of {names}")]);
    }
}

/// <summary>A policy and the text it was read from.</summary>
public sealed record PolicyEntry(Policy Policy, string Text);

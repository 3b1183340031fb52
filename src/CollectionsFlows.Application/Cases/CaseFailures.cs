using System.Text.Json;
using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Application.Cases;

/// <summary>Tells failures that pass from failures that do not.</summary>
public static class CaseFailures
{
    /// <summary>Only a broken invariant, or records that are not what was written, need a person. Anything else (a full disk, a busy file, a store out of reach) passes.</summary>
    public static bool NeedPerson(Exception problem) => problem is InvalidOperationException or JournalFormatException or JsonException;
}

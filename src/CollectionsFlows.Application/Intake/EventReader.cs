using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads the contract's events. An unknown type or bad data is a list of errors, never a silent drop.</summary>
public static class EventReader
{
    /// <summary>Reads one event.</summary>
    /// <param name="json">The event object.</param>
    /// <param name="id">The id to use when the event has none of its own (a webhook's id).</param>
    /// <param name="errors">Everything wrong with it; empty when the result is not null.</param>
    public static OutsideEvent? Read(JsonElement json, string? id, out IReadOnlyList<InputError> errors) => throw new NotSupportedException();
}

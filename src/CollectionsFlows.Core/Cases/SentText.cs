namespace CollectionsFlows.Core.Cases;

/// <summary>A text of which the carrier's last word may still come.</summary>
/// <param name="Command">What asked for it.</param>
/// <param name="Report">The carrier's word, where it overtook the news that the text was handed over, or says that it arrived; null: it has not come. A text that was delivered stays
/// known as such until something overtakes it.</param>
public sealed record SentText(CaseCommand.SendNotification Command, CarrierReport? Report = null);

/// <summary>What the carrier said of a text.</summary>
/// <param name="Delivered">Whether it arrived.</param>
/// <param name="Code">Why not (regulation.md, "SMS provider").</param>
public sealed record CarrierReport(bool Delivered, string? Code = null);

/// <summary>Questions about the texts of a case.</summary>
public static class SentTexts
{
    /// <summary>The text of a command; null: nothing more is expected of it.</summary>
    public static SentText? Text(this CaseState state, string commandId)
    {
        foreach (var text in state.Texts ?? [])
        {
            if (text.Command.Id == commandId)
            {
                return text;
            }
        }

        return null;
    }
}

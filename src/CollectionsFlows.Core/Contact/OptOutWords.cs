namespace CollectionsFlows.Core.Contact;
public static class OptOutWords
{
    public static bool IsOptOut(string text) => text.Trim().Equals("STOP", StringComparison.OrdinalIgnoreCase);
}

namespace CollectionsFlows.Web;

internal static class Placeholder;

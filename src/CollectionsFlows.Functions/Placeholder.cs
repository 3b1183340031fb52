namespace CollectionsFlows.Functions;

internal static class Placeholder;

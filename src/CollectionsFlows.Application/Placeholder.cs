namespace CollectionsFlows.Application;

internal static class Placeholder;

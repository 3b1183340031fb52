namespace CollectionsFlows.Core;

internal static class Placeholder;

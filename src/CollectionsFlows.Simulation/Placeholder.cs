namespace CollectionsFlows.Simulation;

internal static class Placeholder;

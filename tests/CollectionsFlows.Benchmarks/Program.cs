using CollectionsFlows.Benchmarks;

// Each measurement has a name: dotnet run -c Release --project tests/CollectionsFlows.Benchmarks -- gate
switch (args.FirstOrDefault())
{
    case "gate":
        GateBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Name a measurement: gate");
        return 2;
}

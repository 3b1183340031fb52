using System.Globalization;
using CollectionsFlows.Benchmarks;

// Each measurement has a name: dotnet run -c Release --project tests/CollectionsFlows.Benchmarks -- gate
switch (args.FirstOrDefault())
{
    case "gate":
        GateBenchmark.Run();
        return 0;
    case "replay":
        await ReplayBenchmark.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
        return 0;
    default:
        Console.Error.WriteLine("Name a measurement: gate, replay [loans]");
        return 2;
}

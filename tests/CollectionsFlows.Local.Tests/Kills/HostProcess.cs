using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>The real host in a process of its own: <c>collections serve</c> on a virtual clock and a free port.</summary>
internal sealed class HostProcess : IDisposable
{
    public const string Start = "2026-01-05T12:00:00Z";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder log = new();

    private HostProcess(Process process) => this.process = process;

    public HttpClient Client { get; private set; } = null!;

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public static async Task<HostProcess> StartAsync(string directory)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "collections.dll"), "serve", "--data", directory, "--urls", "http://127.0.0.1:0", "--clock", "virtual", "--now", Start];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("COLLECTIONS_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        var host = new HostProcess(Process.Start(start)!);
        try
        {
            host.Client = new HttpClient { BaseAddress = await host.ListensAsync().WaitAsync(LongestStart), Timeout = TimeSpan.FromMinutes(2) };
            host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(directory, "access-token"))).Trim());
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        Client?.Dispose();
    }

    private async Task<Uri> ListensAsync()
    {
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginErrorReadLine();
        var listens = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            Write(line.Data);
            if (line.Data is null)
                listens.TrySetException(new InvalidOperationException($"the host ended before it listened: {Log}"));
            else if (line.Data.StartsWith("serving ", StringComparison.Ordinal))
                listens.TrySetResult(new Uri(line.Data[line.Data.IndexOf("http", StringComparison.Ordinal)..].Split(',')[0]));
        };
        process.BeginOutputReadLine();
        return await listens.Task;
    }

    private void Write(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}

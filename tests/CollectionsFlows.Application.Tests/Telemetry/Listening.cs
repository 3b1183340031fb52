using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using CollectionsFlows.Application.Telemetry;

namespace CollectionsFlows.Application.Tests.Telemetry;

/// <summary>The meter is one for the process: these tests run by themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryAlone
{
    public const string Name = "telemetry";
}

/// <summary>Everything the engine tells while it is open.</summary>
internal sealed class Listening : IDisposable
{
    private readonly MeterListener meters = new();
    private readonly ActivityListener activities;
    private readonly List<Measurement> measured = [];
    private readonly List<Activity> ended = [];

    public Listening()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(activities);
    }

    public IReadOnlyList<Activity> Activities
    {
        get
        {
            lock (ended) return [.. ended];
        }
    }

    public IReadOnlyList<Measurement> Measurements
    {
        get
        {
            lock (measured) return [.. measured];
        }
    }

    /// <summary>What an instrument was told, each as <c>value tag=word …</c>.</summary>
    public IReadOnlyList<string> Of(string instrument) => [.. Measurements.Where(each => each.Instrument == instrument).Select(each => each.ToString())];

    /// <summary>Every word told, by activities and metrics.</summary>
    public string Everything() => string.Join('\n', Measurements.Select(each => $"{each.Instrument} {each}")
        .Concat(Activities.Select(each => string.Join(' ',
            [each.OperationName, each.DisplayName, each.StatusDescription ?? "", .. each.TagObjects.Concat(each.Baggage.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)))
                .Concat(each.Events.SelectMany(happened => happened.Tags)).Select(tag => $"{tag.Key}={tag.Value}")]))));

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var noted = new Measurement(instrument.Name, instrument.Unit, value, [.. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
        lock (measured) measured.Add(noted);
    }

    internal sealed record Measurement(string Instrument, string? Unit, double Value, IReadOnlyList<string> Tags)
    {
        public override string ToString() => string.Join(' ', [Value.ToString(CultureInfo.InvariantCulture), .. Tags]);
    }
}

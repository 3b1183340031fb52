using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Local.Hosting;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>rules</c>, <c>rules show ID</c>, <c>rules calendar ID</c>, <c>rules check FILE</c>: the contact rules in force, explained, and a lender's own file checked.</summary>
internal static class RulesVerb
{
    private static readonly Option<string?> Folder = new("--packs", "--data")
    {
        Description = "A folder with a lender's own rules, packs/*.json, calendars/*.json and content/*.json; a data directory is one.", Recursive = true,
    };

    /// <summary>No calendar of decreed holidays reaches so far.</summary>
    private const int LastYear = 2200;

    private static readonly Option<bool> Json = new("--json") { Description = "As JSON; of one rule, as a pack file ready to be changed.", Recursive = true };

    public static Command Create()
    {
        var command = new Command("rules", "The contact rules in force, what each counts, and who changed it.") { Folder, Json };
        command.SetAction(List);
        var id = new Argument<string>("ID") { Description = "A rule, e.g. US-REGF-7IN7." };
        var show = new Command("show", "Explains a rule.") { id };
        show.SetAction(arguments => Show(arguments, arguments.GetRequiredValue(id)));
        var file = new Argument<string>("FILE") { Description = "A lender's pack file." };
        var check = new Command("check", "Lists every error of a lender's pack file; exit 1 where there is any.") { file };
        check.SetAction(arguments => Check(arguments, arguments.GetRequiredValue(file)));
        var calendarId = new Argument<string?>("ID") { Description = "A calendar, e.g. cn; left out: all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var calendar = new Command("calendar", "Lists the calendars; prints one as JSON, ready to be changed.") { calendarId };
        calendar.SetAction(arguments => Calendar(arguments, arguments.GetValue(calendarId)));
        command.Add(show);
        command.Add(calendar);
        command.Add(check);
        return command;
    }

    private static int List(ParseResult arguments)
    {
        var book = new RuleBook(LenderRules.Named(arguments.GetValue(Folder)));
        var contents = LenderRules.ContentInForce(arguments.GetValue(Folder));
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(AsJson(book.All));
            return CommandLine.Done;
        }

        output.WriteLine($"{"rule",-22} {"pack",-16} {"T/S",-3} {"binds",-9} {"as of",-10}  title");
        foreach (var entry in book.All)
        {
            var mark = entry.Rule.Override is { } o ? $"  (override by {o.By}: {o.Reason})" : "";
            output.WriteLine($"{entry.Rule.Id,-22} {entry.Pack.Label,-16} {Status(entry.Rule),-3} {Binds(entry.Rule),-9} {entry.AsOf,-10:yyyy-MM-dd}  {entry.Rule.Title}{mark}");
        }

        output.WriteLine();
        output.WriteLine($"{"what messages say",-22} {"list",-20} {"T/S",-3} {"as of",-10}  title");
        foreach (var list in contents.Lists)
        {
            output.WriteLine($"{list.Rule,-22} {list.Id,-20} {list.Status,-3} {list.AsOf,-10:yyyy-MM-dd}  {list.Title}");
        }

        return CommandLine.Done;
    }

    private static int Show(ParseResult arguments, string id)
    {
        var book = new RuleBook(LenderRules.Named(arguments.GetValue(Folder)));
        var parts = book.Find(id);
        var lists = LenderRules.ContentInForce(arguments.GetValue(Folder)).Lists
            .Where(list => id.Equals(list.Rule, StringComparison.OrdinalIgnoreCase) || id.Equals(list.Id, StringComparison.OrdinalIgnoreCase)).ToList();
        if (parts.Count == 0 && lists.Count == 0)
        {
            throw new UsageException($"there is no rule '{id}'{(book.Nearest(id) is { } near ? $"; did you mean {near}?" : "; collections rules lists them all")}");
        }

        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(parts.Count > 0 ? AsPack(parts) : string.Join('\n', lists.Select(ContentCatalogue.Write)));
            return CommandLine.Done;
        }

        foreach (var line in RuleBook.Explain(parts).Concat(lists.SelectMany(ContentWords.Explain)))
        {
            output.WriteLine(line);
        }

        return CommandLine.Done;
    }

    private static int Calendar(ParseResult arguments, string? id)
    {
        var catalogue = LenderRules.Named(arguments.GetValue(Folder));
        var output = arguments.InvocationConfiguration.Output;
        if (id is not null)
        {
            output.WriteLine(catalogue.CalendarToChange(id)
                ?? throw new UsageException($"there is no calendar '{id}'; expected one of {string.Join(", ", catalogue.Calendars.Keys.Order(StringComparer.Ordinal))}"));
            return CommandLine.Done;
        }

        foreach (var calendar in catalogue.Calendars.Values.OrderBy(calendar => calendar.Id, StringComparer.Ordinal))
        {
            var end = calendar.NextKnownYear(LastYear - 1) is null ? $"until {Enumerable.Range(1, LastYear).Last(year => calendar.Kind(new DateOnly(year, 1, 1)) is not null)}" : "every year";
            output.WriteLine($"{calendar.Label,-34} {calendar.AsOf,-10:yyyy-MM-dd}  {end,-10}  {calendar.Title}");
        }

        return CommandLine.Done;
    }

    /// <summary>Checked against the shipped rules and the calendars of the folder: what it would be with no other pack file.</summary>
    private static int Check(ParseResult arguments, string file)
    {
        var errors = new List<string>();
        var catalogue = LenderRules.CalendarsOnly(arguments.GetValue(Folder)).With(File.ReadAllText(file), errors);
        foreach (var problem in errors)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"{file}: {problem}");
        }

        if (catalogue is null)
        {
            return CommandLine.No;
        }

        var changed = catalogue.Packs.Single(pack => pack.LenderVersion is not null);
        var overridden = changed.Rules.Where(rule => rule.Override is not null).Select(rule => rule.Id).Distinct().ToList();
        arguments.InvocationConfiguration.Output.WriteLine(
            $"{file}: valid; it will be recorded as {changed.Label}{(overridden.Count == 0 ? ", and loosens nothing" : $", and overrides {string.Join(", ", overridden)}")}");
        return CommandLine.Done;
    }

    /// <summary>The rule as a lender would begin to change it.</summary>
    private static string AsPack(IReadOnlyList<RuleEntry> parts)
    {
        var pack = parts[0].Pack;
        return PackFile.Write(pack with
        {
            Version = (pack.LenderVersion ?? 0) + 1, LenderVersion = null, Supersedes = $"{pack.Id}@{pack.Version}", Rules = [.. parts.Select(part => part.Rule)],
        });
    }

    private static string AsJson(IReadOnlyList<RuleEntry> entries)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var entry in entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, RuleEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id", entry.Rule.Id);
        writer.WriteString("pack", entry.Pack.Label);
        writer.WriteString("title", entry.Rule.Title);
        writer.WriteString("status", Status(entry.Rule));
        writer.WriteString("binds", Binds(entry.Rule));
        writer.WriteString("asOf", entry.AsOf?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("source", entry.Rule.Source);
        writer.WriteString("type", entry.Kind);
        writer.WriteString("does", RuleWords.Describe(entry.Rule));
        writer.WriteStartArray("supersedes");
        foreach (var id in entry.Rule.Supersedes)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
        if (entry.Rule.Override is { } o)
        {
            writer.WriteStartObject("override");
            writer.WriteString("by", o.By);
            writer.WriteString("reason", o.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Status(ContactRule rule) => rule.Status == RuleStatus.Primary ? "T" : "S";

    private static string Binds(ContactRule rule) => JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Binds.ToString());
}

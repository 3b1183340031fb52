using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CollectionsFlows.Local.Verbs;

/// <summary>Options and arguments with the contract's formats and one-line errors.</summary>
internal static class Options
{
    public static Option<string> Text(string name, string description, bool required = true) => new(name) { Description = description, Required = required };

    /// <summary>A lender's own rules beside no data directory.</summary>
    public static Option<string?> Packs() =>
        new("--packs") { Description = "A folder with a lender's own rules, packs/*.json and calendars/*.json; a data directory is one.", HelpName = "DIR" };

    public static Option<DateOnly> Date(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "DATE", CustomParser = result => ParseDate(result) ?? default };

    public static Option<DateOnly?> OptionalDate(string name, string description) =>
        new(name) { Description = description, HelpName = "DATE", CustomParser = ParseDate };

    public static Option<DateTimeOffset?> OptionalInstant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            string[] formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
            if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                return instant;
            }

            result.AddError($"{name}: '{text}' is no instant with an offset; expected for example 2026-03-01T09:00:00+08:00.");
            return null;
        },
    };

    public static Option<decimal> Number(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            result.AddError($"{name}: '{text}' is no number; expected for example 10000 or 0.12.");
            return default;
        },
    };

    /// <summary>A whole number within bounds; left out: the standard.</summary>
    public static Option<int> Whole(string name, string description, int standard, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"{name}: '{text}' is no whole number from {least} to {most}.");
            return standard;
        },
    };

    public static Option<string> OneOf(string name, string description, string standard, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static DateOnly? ParseDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: '{text}' is no date; expected for example 2026-03-01.");
        return null;
    }
}

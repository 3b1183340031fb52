using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Writes HTML in which every text is encoded: tags and classes are the code's own constants, everything else goes through <see cref="Text"/>.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Cells up to this many characters (a date and time, the name of a fact) are not broken over lines.</summary>
    private const int LongestUnbroken = 24;

    private readonly StringBuilder html = new();

    /// <summary>Markup of the code's own.</summary>
    public HtmlWriter Markup(string constant)
    {
        html.Append(constant);
        return this;
    }

    /// <summary>Anybody's text.</summary>
    public HtmlWriter Text(string? text)
    {
        html.Append(Encoder.Encode(text ?? ""));
        return this;
    }

    public HtmlWriter Open(string tag, string? css = null) => Markup(css is null ? $"<{tag}>" : $"<{tag} class=\"{css}\">");

    public HtmlWriter Close(string tag) => Markup($"</{tag}>\n");

    public HtmlWriter Element(string tag, string? text, string? css = null) => Open(tag, css).Text(text).Close(tag);

    /// <summary>A section with its heading; the id is a constant to jump to.</summary>
    public HtmlWriter Section(string id, string title, Action<HtmlWriter> content)
    {
        Markup($"<section id=\"{id}\">\n").Element("h2", title);
        content(this);
        return Close("section");
    }

    /// <summary>Names and values; values that are null are left out.</summary>
    public HtmlWriter Pairs(params IEnumerable<(string Name, string? Value)> pairs)
    {
        Markup("<dl>\n");
        foreach (var (name, value) in pairs)
        {
            if (value is not null)
            {
                Markup("<div>").Element("dt", name).Element("dd", value).Close("div");
            }
        }

        return Close("dl");
    }

    /// <summary>A table; columns whose name begins with <c>#</c> hold figures.</summary>
    public HtmlWriter Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows, IReadOnlyList<string?>? total = null)
    {
        Markup("<table>\n<thead><tr>");
        foreach (var column in columns)
        {
            Element("th", column.TrimStart('#'), IsFigure(column) ? "figure" : null);
        }

        Markup("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            Row(columns, row);
        }

        Markup("</tbody>\n");
        if (total is not null)
        {
            Markup("<tfoot>").Row(columns, total).Markup("</tfoot>\n");
        }

        return Close("table");
    }

    public override string ToString() => html.ToString();

    private static bool IsFigure(string column) => column.StartsWith('#');

    private HtmlWriter Row(IReadOnlyList<string> columns, IReadOnlyList<string?> cells)
    {
        Markup("<tr>");
        for (var index = 0; index < columns.Count; index++)
        {
            Element("td", cells[index], IsFigure(columns[index]) ? "figure" : cells[index]?.Length <= LongestUnbroken ? "short" : null);
        }

        return Close("tr");
    }
}

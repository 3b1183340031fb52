using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Application.Policies;

/// <summary>Reads files of message templates.</summary>
public static class TemplateFile
{
    /// <summary>A catalogue of all the files together; with errors, all of them and no catalogue.</summary>
    /// <param name="files">Each file's name, for the errors, and its bytes.</param>
    public static TemplateCheck Check(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Utf8)> files)
    {
        var errors = new List<TemplateFileError>();
        var templates = new List<MessageTemplate>();
        var places = new List<(string File, int Index)>();
        foreach (var (name, utf8) in files)
        {
            var (document, faults) = JsonDocumentReader.Read(utf8, PolicyJson.Default.TemplateDocument);
            errors.AddRange(faults.Select(fault => new TemplateFileError(name, fault.Path, fault.Problem, fault.Expected)));
            if (document is null) continue;
            templates.AddRange(document.Templates.Select(entry => Template(entry, document.Language)));
            places.AddRange(document.Templates.Select((_, index) => (name, index)));
        }

        var (catalogue, wrong) = TemplateCatalogue.Of(templates);
        var shape = errors.ToList();
        errors.AddRange(wrong.Where(error => !Unreadable(error, places[error.Index], shape)).Select(error => Place(error, error.Path, places[error.Index])));
        return new TemplateCheck(errors.Count == 0 ? catalogue : null, errors);
    }

    private static MessageTemplate Template(TemplateEntry entry, string language) => new()
    {
        Name = entry.Name,
        Language = language,
        Purpose = entry.Purpose,
        ExplainsCharges = entry.ExplainsCharges,
        FixedForm = entry.FixedForm,
        Subject = entry.Subject,
        Wordings = entry.Wordings,
    };

    /// <summary>Whether what the error is about, or rests on, has no readable value.</summary>
    private static bool Unreadable(TemplateError error, (string File, int Index) place, List<TemplateFileError> shape)
    {
        string[] reliesOn = error.RestsOnPurpose ? [error.Path, "purpose"] : [error.Path];
        return reliesOn.Select(path => Place(error, path, place))
            .Any(part => shape.Any(fault => fault.File == part.File && new JsonFault(fault.Path, fault.Problem, fault.Expected).Touches(part.Path)));
    }

    private static TemplateFileError Place(TemplateError error, string path, (string File, int Index) place) => new(
        place.File, path == "language" ? "$.language" : $"$.templates[{place.Index}].{path}", error.Problem, error.Expected);
}

/// <summary>What came of reading templates: a catalogue, or everything that is wrong.</summary>
public sealed record TemplateCheck(TemplateCatalogue? Catalogue, IReadOnlyList<TemplateFileError> Errors);

/// <summary>One thing that is wrong with a file of templates.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">JSON path.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
public sealed record TemplateFileError(string File, string Path, string Problem, string Expected)
{
    public override string ToString() => $"{File}:{Path}: {Problem}; expected {Expected}";
}

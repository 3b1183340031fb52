using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Reads input files and tells everything that is wrong with them.</summary>
internal static class InputFiles
{
    /// <summary>The loans of a file; null when it has any error, all of which are written.</summary>
    public static IReadOnlyList<ImportedLoan>? ReadLoans(string path, TextWriter error)
    {
        var file = LoansFile.ReadFile(path);
        Write(path, file.Errors, error);
        if (file.Errors.Count == 0 && file.Loans.Count == 0)
        {
            error.WriteLine($"{path}: there is no loan in the file");
        }

        return file.Errors.Count == 0 && file.Loans.Count > 0 ? file.Loans : null;
    }

    public static void Write(string path, IEnumerable<InputError> errors, TextWriter error)
    {
        foreach (var problem in errors)
        {
            error.WriteLine($"{path}: {problem}");
        }
    }
}

namespace CollectionsFlows.Application.Intake;

/// <summary>The shapes a loans file may have.</summary>
public enum PortfolioFormat
{
    /// <summary>One row per instalment, with a header.</summary>
    Csv,

    /// <summary>One loan a line, with nested instalments.</summary>
    Ndjson,
}

/// <summary>Enrols a portfolio from a loans file.</summary>
public interface IPortfolioImport
{
    /// <summary>Reads the whole file and enrols its loans. With any error nothing is enrolled, unless <paramref name="partial"/>.</summary>
    /// <param name="file">UTF-8; read once and not closed. Its exceptions (too large, broken off) pass through.</param>
    /// <param name="format">How to read it.</param>
    /// <param name="policyName">The policy the loans enter with; null: the host's default. An unknown one is an error of the field <c>policy</c>.</param>
    /// <param name="partial">Enrol the good loans although others are bad.</param>
    /// <param name="cancellation">Stops before the enrolment is committed.</param>
    ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default);
}

/// <summary>What an import did.</summary>
/// <param name="Enrolled">Loans that are new.</param>
/// <param name="Unchanged">Loans that were enrolled before with the same terms.</param>
/// <param name="Errors">Every bad row, and every loan that is enrolled with other terms.</param>
public sealed record ImportOutcome(int Enrolled, int Unchanged, IReadOnlyList<InputError> Errors);

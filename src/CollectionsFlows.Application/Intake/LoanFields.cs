using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>What the loan's own columns say, checked. CSV rows and NDJSON objects both end here.</summary>
internal sealed record LoanFields
{
    public required string LoanId { get; init; }

    public required string BorrowerId { get; init; }

    public required BorrowerDetails Borrower { get; init; }

    public required string Product { get; init; }

    public required CreditorRole CreditorRole { get; init; }

    public required string Jurisdiction { get; init; }

    public required IReadOnlyList<string> TimeZones { get; init; }

    public required Currency Currency { get; init; }

    public required decimal PenaltyAnnualRate { get; init; }

    /// <summary>Reads the values in the order of <see cref="LoanColumns.Names"/>; null when any is wrong.</summary>
    /// <param name="raw">The values as sent; empty where there is none.</param>
    /// <param name="pool">Shares strings that repeat.</param>
    /// <param name="nameRequired">Whether a borrower without a name is an error.</param>
    /// <param name="report">Called with the column and what is wrong with it.</param>
    public static LoanFields? Read(IReadOnlyList<string> raw, TextPool pool, bool nameRequired, Action<int, string> report)
    {
        var good = true;
        void Check(int column, string? problem)
        {
            if (problem is null)
                return;
            good = false;
            report(column, problem);
        }

        Check(LoanColumns.LoanId, FieldChecks.Name(raw[LoanColumns.LoanId]));
        Check(LoanColumns.BorrowerId, FieldChecks.Name(raw[LoanColumns.BorrowerId]));
        if (nameRequired || raw[LoanColumns.Name].Length > 0)
            Check(LoanColumns.Name, FieldChecks.Name(raw[LoanColumns.Name], 200));
        var phones = raw[LoanColumns.Phone].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Check(LoanColumns.Phone, phones.Select(FieldChecks.Phone).FirstOrDefault(problem => problem is not null));
        var email = raw[LoanColumns.Email];
        if (email.Length > 0)
            Check(LoanColumns.Email, FieldChecks.Email(email));
        if (raw[LoanColumns.Language].Length > 0)
            Check(LoanColumns.Language, FieldChecks.Language(raw[LoanColumns.Language]));
        Check(LoanColumns.Product, FieldChecks.Name(raw[LoanColumns.Product]));
        Check(LoanColumns.CreditorRole, FieldChecks.Role(raw[LoanColumns.CreditorRole], out var role));
        Check(LoanColumns.Currency, FieldChecks.CurrencyCode(raw[LoanColumns.Currency], out var currency));
        Check(LoanColumns.PenaltyAnnualRate, FieldChecks.Rate(raw[LoanColumns.PenaltyAnnualRate], out var rate));
        Check(LoanColumns.Jurisdiction, FieldChecks.Jurisdiction(raw[LoanColumns.Jurisdiction]));
        var zones = good ? pool.Zones(raw[LoanColumns.TimeZone], raw[LoanColumns.Jurisdiction], phones) : [];
        if (raw[LoanColumns.TimeZone].Length > 0)
            Check(LoanColumns.TimeZone, FieldChecks.TimeZone(raw[LoanColumns.TimeZone]));
        else if (good && zones.Count == 0)
            Check(LoanColumns.TimeZone, "empty, and neither the phone nor the jurisdiction tells the zone; expected a name such as Asia/Shanghai");
        return !good ? null : new()
        {
            LoanId = raw[LoanColumns.LoanId],
            BorrowerId = raw[LoanColumns.BorrowerId],
            Borrower = new()
            {
                Name = raw[LoanColumns.Name],
                Language = raw[LoanColumns.Language] is { Length: > 0 } language ? pool.Share(language) : null,
                Addresses = AddressesOf(phones, email),
            },
            Product = pool.Share(raw[LoanColumns.Product]),
            CreditorRole = role,
            Jurisdiction = pool.Share(raw[LoanColumns.Jurisdiction]),
            TimeZones = zones,
            Currency = currency,
            PenaltyAnnualRate = rate,
        };
    }

    public LoanTerms Terms(IReadOnlyList<Instalment> schedule, IReadOnlyDictionary<string, string> attributes) => new()
    {
        LoanId = LoanId,
        BorrowerId = BorrowerId,
        Product = Product,
        CreditorRole = CreditorRole,
        Jurisdiction = Jurisdiction,
        TimeZones = TimeZones,
        Currency = Currency,
        PenaltyAnnualRate = PenaltyAnnualRate,
        Instalments = schedule,
        Attributes = attributes,
    };

    private static IReadOnlyList<BorrowerAddress> AddressesOf(IEnumerable<string> phones, string email)
    {
        var addresses = phones.Distinct(StringComparer.Ordinal).Select(phone => new BorrowerAddress("", Channel.Sms, phone));
        return [.. email.Length == 0 ? addresses : addresses.Append(new("", Channel.Email, email))];
    }
}

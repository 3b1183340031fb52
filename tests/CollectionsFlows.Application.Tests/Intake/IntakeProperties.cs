using System.Globalization;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What must hold for any input.</summary>
public sealed class IntakeProperties
{
    private static readonly string[] Payment =
        ["\"id\":\"e\"", "\"at\":\"2026-02-03T10:00:00Z\"", "\"loanId\":\"L-1\"", "\"type\":\"payment.posted\""];

    [Fact]
    public void order_white_space_and_spelling_of_numbers_do_not_change_the_body()
    {
        var spellings = new[] { "300", "300.0", "300.00", "3e2", "3.00E+2" };
        var property =
            from order in Gen.Shuffle(Payment)
            from data in Gen.Shuffle(new[] { "\"paymentId\":\"P\\u00e9\"", "\"amount\":#", "\"currency\":\"USD\"", "\"method\":null" })
            from spelling in Gen.Elements(spellings)
            from space in Gen.Elements("", " ", "\n\t ")
            select "{" + string.Join("," + space, [.. order, $"{space}\"data\"{space}:{space}{{{string.Join(space + ",", data).Replace("#", spelling, StringComparison.Ordinal)}}}"]) + "}";
        var expected = Body("""{"id":"another","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"payment.posted","data":{"paymentId":"Pé","amount":300,"currency":"USD"}}""");
        Check.QuickThrowOnFailure(Prop.ForAll(property.ToArbitrary(), json => Body(json) == expected));
    }

    [Theory]
    [InlineData("300", "301")]
    [InlineData("\"P\"", "\"Q\"")]
    [InlineData("L-1", "L-2")]
    [InlineData("10:00:00Z", "10:00:01Z")]
    public void any_other_content_is_another_body(string part, string other)
    {
        const string json = """{"id":"e","at":"2026-02-03T10:00:00Z","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P","amount":300,"currency":"USD"}}""";
        Assert.NotEqual(Body(json), Body(json.Replace(part, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void arbitrary_bytes_are_errors_and_never_a_crash()
    {
        var noise = ArbMap.Default.GeneratorFor<byte[]>();
        var nearly = from text in Gen.Elements(LoanLines.File(LoanLines.Row(), LoanLines.Instalment(2)), LoanLines.JsonLoan, Events.Json("preference.set", """{"blocked":[{"days":["Mon"]}]}"""))
                     from at in Gen.Choose(0, text.Length - 1)
                     from length in Gen.Choose(0, 4)
                     from bytes in noise
                     select (byte[])[.. Encoding.UTF8.GetBytes(text[..at]), .. bytes, .. Encoding.UTF8.GetBytes(text[Math.Min(text.Length, at + length)..])];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Gen.OneOf(noise, nearly).ToArbitrary(), bytes =>
        {
            foreach (PortfolioFormat? format in new PortfolioFormat?[] { null, PortfolioFormat.Csv, PortfolioFormat.Ndjson })
            {
                using var loans = new MemoryStream(bytes);
                var result = LoansFile.Read(loans, format);
                if (result.Errors.Count == 0 && result.Loans.Count == 0)
                    return false;
            }

            using var events = new MemoryStream(bytes);
            return EventsFile.Read(events).All(line => line.Event is not null ^ line.Errors.Count > 0);
        }));
    }

    [Fact]
    public void what_another_csv_writer_writes_reads_back_the_same()
    {
        var text = Gen.Elements("plain", "with, comma", "with \"quotes\"", "two\nlines", "贷款", "a;b", "'", "x\ty", "😀", "=1+1").ArrayOf(3);
        var rows = from texts in text
                   from cents in Gen.Choose(1, 100_000_000)
                   from count in Gen.Choose(1, 6)
                   select (texts, cents, count);
        Check.QuickThrowOnFailure(Prop.ForAll(rows.ToArbitrary(), row =>
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Written(row.texts, row.cents, row.count)));
            var result = LoansFile.Read(stream);
            var loan = result.Loans.Single();
            return result.Errors.Count == 0
                && loan.Terms.Instalments.Count == row.count
                && loan.Terms.Instalments.All(instalment => instalment.PrincipalDue == row.cents / 100m)
                && row.texts.Index().All(note => loan.Terms.Attributes[$"note{note.Index}"] == note.Item);
        }));
    }

    [Fact]
    public void a_large_portfolio_is_read_in_one_pass_and_shares_what_repeats()
    {
        const int loans = 20_000;
        var text = new StringBuilder(LoanLines.Header).Append('\n');
        for (var loan = 0; loan < loans; loan++)
            for (var number = 1; number <= 6; number++)
                text.Append(LoanLines.Instalment(number, ("loanId", $"L-{loan}"), ("borrowerId", $"B-{loan}"))).Append('\n');
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = LoansFile.Read(stream);
        Assert.Equal(loans, result.Loans.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
        Assert.Same(result.Loans[0].Terms.TimeZones, result.Loans[^1].Terms.TimeZones);
        Assert.Same(result.Loans[0].Terms.Product, result.Loans[^1].Terms.Product);
    }

    private static string Written(string[] notes, int cents, int count)
    {
        using var writer = new StringWriter();
        using (var csv = CsvWriter.Create(writer, new CsvWriterOptions(), true))
        {
            csv.WriteRecord([.. LoanLines.Header.Split(','), .. notes.Select((_, index) => $"note{index}")]);
            for (var number = 1; number <= count; number++)
                csv.WriteRecord([.. LoanLines.Instalment(number, ("principalDue", (cents / 100m).ToString(CultureInfo.InvariantCulture))).Split(','), .. notes]);
        }

        return writer.ToString();
    }

    private static string Body(string json)
    {
        using var document = JsonDocument.Parse(json);
        var read = EventReader.Read(document.RootElement, null, out var errors);
        Assert.Empty(errors);
        return read!.BodySha256;
    }
}

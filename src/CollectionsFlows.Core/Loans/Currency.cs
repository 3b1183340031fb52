using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Core.Loans;

/// <summary>An ISO 4217 currency, known by its three-letter code and the decimals its money has.</summary>
/// <remarks>The list is ISO 4217's active national currencies; the contract allows at most two decimals, so three-decimal ones round to two.</remarks>
[JsonConverter(typeof(CurrencyJsonConverter))]
public readonly record struct Currency
{
    private const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK " +
        "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR JMD JOD KES KGS KHR KPW KWD " +
        "KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK " +
        "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH " +
        "USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private static readonly FrozenDictionary<string, Currency> Known = TwoDecimals.Split(' ').Select(code => new Currency(code, 2))
        .Concat(NoDecimals.Split(' ').Select(code => new Currency(code, 0)))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private Currency(string code, int decimals) => (Code, Decimals) = (code, decimals);

    /// <summary>The three-letter code, upper case.</summary>
    public string Code { get; }

    /// <summary>Decimals an amount may have: 2, or 0 for currencies without a minor unit.</summary>
    public int Decimals { get; }

    public static bool TryParse(string? code, out Currency currency) => Known.TryGetValue(code ?? "", out currency);

    /// <exception cref="FormatException">The code is no ISO 4217 currency.</exception>
    public static Currency Parse(string code) => TryParse(code, out var currency)
        ? currency
        : throw new FormatException($"'{code}' is no ISO 4217 currency");

    /// <summary>Rounds half-even to the minor unit.</summary>
    public decimal Round(decimal amount) => decimal.Round(amount, Decimals, MidpointRounding.ToEven);

    public override string ToString() => Code;
}

/// <summary>Writes a currency as its code.</summary>
public sealed class CurrencyJsonConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Currency.TryParse(reader.GetString(), out var currency) ? currency : throw new JsonException("expected an ISO 4217 currency code");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}

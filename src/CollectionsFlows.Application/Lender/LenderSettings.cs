using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Application.Lender;

/// <summary>Who writes to borrowers: <c>lender.json</c> in the data directory, else a plainly invented lender.</summary>
public static class LenderSettings
{
    public static readonly LenderProfile Default = new("Example Lender", "+1 202 555 0100", "https://pay.example.com")
    {
        MailingAddress = "100 Example Street, Anytown",
    };

    /// <exception cref="UsageException">The file is no lender profile.</exception>
    public static LenderProfile Load(string directory)
    {
        var path = Path.Combine(directory, "lender.json");
        if (!File.Exists(path))
        {
            return Default;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LenderJson.Default.LenderProfile) is { Name: not null, ServicePhone: not null, PaymentLinkBase: not null } lender
                ? lender
                : throw new UsageException($"{path}: expected {{\"name\", \"servicePhone\", \"paymentLinkBase\"}}");
        }
        catch (JsonException problem)
        {
            throw new UsageException($"{path}: line {problem.LineNumber + 1}: not a lender profile: {problem.Message}", problem);
        }
    }
}

/// <summary>The JSON shape of a lender profile.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LenderProfile))]
internal sealed partial class LenderJson : JsonSerializerContext;

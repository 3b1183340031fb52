using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Web.Problems;

namespace CollectionsFlows.Web.Api;

/// <summary>The JSON shapes of the API: camel case, names in kebab case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CaseListView))]
[JsonSerializable(typeof(CaseDetail))]
[JsonSerializable(typeof(CaseInstance))]
[JsonSerializable(typeof(TaskListView))]
[JsonSerializable(typeof(ApprovalListView))]
[JsonSerializable(typeof(UnmatchedView))]
[JsonSerializable(typeof(WhyAnswer))]
[JsonSerializable(typeof(MessageListView))]
[JsonSerializable(typeof(DossierListView))]
[JsonSerializable(typeof(EventReceipt))]
[JsonSerializable(typeof(WebhookReceipt))]
[JsonSerializable(typeof(MessageWebhookReceipt))]
[JsonSerializable(typeof(SubscriptionValidation))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(Kpis))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<JournalLine>))]
[JsonSerializable(typeof(EventRequest))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(IReadOnlyList<EventMessage>))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(MessageView))]
internal sealed partial class WebJson : JsonSerializerContext
{
    /// <summary>For what is answered as JSON and read as JSON: <c>+08:00</c> and a name stay readable. Nothing of it stands inside a page.</summary>
    public static WebJson Answers => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

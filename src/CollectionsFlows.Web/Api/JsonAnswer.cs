using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Api;

/// <summary>Answers with a view by its generated shape.</summary>
internal static class JsonAnswer
{
    public static IResult Of<T>(T view, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK) => TypedResults.Json(view, shape, statusCode: status);
}

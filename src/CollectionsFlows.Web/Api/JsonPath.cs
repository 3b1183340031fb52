using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Web.Api;

/// <summary>Puts the path of a part in front of the paths inside it.</summary>
internal static class JsonPath
{
    public static InputError Under(string prefix, InputError error) => error with { Field = Under(prefix, error.Field) };

    private static string Under(string prefix, string field) => field switch
    {
        "" or "$" => prefix,
        ['$', .. var rest] => prefix + rest,
        _ => $"{prefix}.{field}",
    };
}

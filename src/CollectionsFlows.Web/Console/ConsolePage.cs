using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Console;

/// <summary>A page rendered on the server from a component: plain HTML, no script. Components encode everything they are given.</summary>
internal sealed class ConsolePage : IResult
{
    private readonly Type component;
    private readonly int status;
    private readonly Dictionary<string, object?> parameters;

    private ConsolePage(Type component, int status, Dictionary<string, object?> parameters) =>
        (this.component, this.status, this.parameters) = (component, status, parameters);

    public static ConsolePage Of<TComponent>(int status = StatusCodes.Status200OK, params (string Name, object? Value)[] parameters)
        where TComponent : IComponent =>
        new(typeof(TComponent), status, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}

/// <summary>Marks a route that people look at: without a caller it shows the sign-in form.</summary>
internal sealed class ConsolePageMark;

using CollectionsFlows.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>The product's web part (API and console) as a delegate over requests that arrived as invocations: no route is written twice.</summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate run;

    /// <param name="services">The host's services, with <see cref="CollectionsWeb.AddCollectionsWeb"/>.</param>
    public WebPipeline(IServiceProvider services) => run = new ApplicationBuilder(services).MapCollectionsWeb().Build();

    /// <summary>Answers a request.</summary>
    public Task RunAsync(HttpContext context)
    {
        // The functions host has routed the request to an invocation; here it is routed again, to what it asks for.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return run(context);
    }
}

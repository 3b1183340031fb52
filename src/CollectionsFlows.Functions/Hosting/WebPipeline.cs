using CollectionsFlows.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>The product's web part (API and console) as a delegate over requests that arrived as invocations: no route is written twice.</summary>
public sealed class WebPipeline
{
    private readonly RequestDelegate run;

    /// <param name="services">The host's services, with <see cref="WebServices.AddWebPipeline"/>.</param>
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

/// <summary>Registers the web part of this host.</summary>
public static class WebServices
{
    /// <summary>Registers the pipeline, and the platform's callers where its sign-in is on: <see cref="WebOptions.AuthenticationScheme"/> is set then, and only then.</summary>
    public static IServiceCollection AddWebPipeline(this IServiceCollection services, WebOptions options)
    {
        services.AddCollectionsWeb(options);
        if (options.AuthenticationScheme is { } scheme)
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, PrincipalAuthentication>(scheme, null);
        services.AddSingleton<WebPipeline>();
        return services;
    }
}

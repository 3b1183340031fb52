using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Console;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Hosting;

/// <summary>Puts the web part into a host.</summary>
public static class CollectionsWeb
{
    /// <summary>
    /// Registers the web part. The host registers the ports it asks for: <c>ICaseStore</c>, <c>ICaseQueries</c>, <c>IBorrowerStore</c>, <c>IKpis</c>,
    /// <c>IPortfolioImport</c>, <c>IInboundAddressBook</c>, <c>ContactReasons</c>, <c>EventIntake</c>, <c>MessageDesk</c>, <c>IEvidenceArchive</c>, <c>IVirtualClock</c> only if its clock is virtual,
    /// and <c>CalendarAlerts</c> if the rules in force are not the shipped ones.
    /// </summary>
    /// <exception cref="ArgumentException">The options are wrong: all problems are listed, without secrets.</exception>
    public static IServiceCollection AddCollectionsWeb(this IServiceCollection services, WebOptions options)
    {
        var verifiers = options.Webhooks.PaymentVerifiers(options.WallClock);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CalendarAlerts(PackCatalogue.Shipped().Packs, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(options);
        services.AddSingleton(options.Tokens);
        services.AddSingleton(new ConsoleSessions(options.WallClock));
        services.AddSingleton(provider => new PaymentWebhook(provider.GetRequiredService<EventIntake>(), provider.GetRequiredService<ICaseStore>(), options.Webhooks, verifiers));
        services.AddSingleton(provider => new MessageEvents(provider.GetRequiredService<IInboundAddressBook>()));
        services.AddSingleton(provider => new MessageWebhook(provider.GetRequiredService<EventIntake>(), provider.GetRequiredService<MessageEvents>(), options.Webhooks));

        var authentication = services.AddAuthentication(options.AuthenticationScheme ?? CallerAuthentication.SchemeName);
        if (options.AuthenticationScheme is null)
            authentication.AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null);
        services.AddAuthorization(AccessPolicies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusal>();

        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = WebJson.Default);
        services.AddOpenApi("v1", ApiDocument.Describe);
        // The server's own request log prints query strings, and a message webhook's key is in one.
        services.AddLogging(logs => logs.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services;
    }

    /// <summary>Adds the pipeline and all routes. Takes any application builder, so that a host without Kestrel can run the same routes.</summary>
    public static TBuilder MapCollectionsWeb<TBuilder>(this TBuilder app)
        where TBuilder : IApplicationBuilder
    {
        var options = app.ApplicationServices.GetRequiredService<WebOptions>();
        app.Use(next => context => AccessLog.RunAsync(context, next));
        app.Use(next => context => SecurityHeaders.AddAsync(context, next));
        app.Use(next => context => ErrorBoundary.RunAsync(context, next));
        app.UseRouting();
        app.UseAuthentication();
        app.Use(next => context => SameOrigin.CheckAsync(context, next));
        app.UseAuthorization();
        app.UseEndpoints(routes =>
        {
            WebhookRoutes.Map(routes);
            LoanRoutes.Map(routes, options);
            CaseRoutes.Map(routes);
            JournalRoutes.Map(routes);
            WhyRoutes.Map(routes);
            DossierRoutes.Map(routes);
            EventRoutes.Map(routes);
            MessageRoutes.Map(routes);
            WorklistRoutes.Map(routes);
            ClockRoutes.Map(routes);
            HealthRoutes.Map(routes);
            ConsoleRoutes.Map(routes);
            if (options.AuthenticationScheme is null)
                SignInRoutes.Map(routes);
            else if (options.SignInElsewhere is { } elsewhere)
                SignInRoutes.MapElsewhere(routes, elsewhere);
            routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(AccessPolicies.Read);
        });
        return app;
    }
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Functions.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Puts engine, intake and clocks together: the same parts as the embedded host's, with the durable engine as the alarm clock.</summary>
public static class CaseServices
{
    /// <summary>
    /// Registers everything that makes cases live. The caller registers the ports of storage (<c>ICaseStore</c>, <c>IBorrowerStore</c>,
    /// <c>IEnrolmentStore</c>, <c>IEvidenceArchive</c>, and <c>IMessageArchive</c> where messages are archived), the channels, <c>AddressKeys</c> and the clock.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="lenderDirectory">The lender's own files; without them the shipped ones are in force.</param>
    /// <exception cref="UsageException">One of the lender's files is wrong.</exception>
    public static IServiceCollection AddCases(this IServiceCollection services, string lenderDirectory)
    {
        var policies = PolicyShelf.Open(lenderDirectory);
        var rules = LenderRules.InForce(lenderDirectory);
        var lender = LenderSettings.Load(lenderDirectory);
        var content = LenderRules.ContentInForce(lenderDirectory);
        services.AddSingleton(rules);
        services.AddSingleton(policies);
        services.AddSingleton<IPolicySource>(policies);
        services.AddSingleton(new NotificationDraft(policies, policies.Templates, lender, rules.Packs, content));
        services.AddSingleton<NotificationSender>();
        services.AddSingleton<CaseEngine>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<CaseRunner>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DossierAssembler>(provider, lender));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MessageDesk>(provider, lender, content));
        services.AddSingleton<ContactReasons>();
        services.AddSingleton<CalendarAlerts>(provider => new(rules.Packs, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Retention>();
        AddIntake(services, policies);
        AddClocks(services);
        return services;
    }

    private static void AddIntake(IServiceCollection services, PolicyShelf policies)
    {
        services.AddSingleton<IDoorbell, DurableDoorbell>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<IInboundAddressBook, AddressBook>();
        // Imports ring nobody: the sweeper wakes a new portfolio at a pace the engine bears.
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PortfolioImport>(provider, new SilentDoorbell()));
        services.AddSingleton<IPortfolioImport>(provider =>
            new PortfolioFileImport(provider.GetRequiredService<PortfolioImport>(), policies.Catalogue, policies.DefaultFor));
    }

    private static void AddClocks(IServiceCollection services)
    {
        services.AddSingleton<CaseClocks>();
        services.AddSingleton<TimerClock>();
        services.AddSingleton<CaseSweeper>();
        services.AddSingleton<CaseActivities>();
        // The table says where cases stand; which are suspended is told by their clocks.
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CaseReader>(provider, (Func<string, string?>)(_ => null)));
        services.AddSingleton<IKpis>(provider => provider.GetRequiredService<CaseReader>());
        services.AddSingleton<ICaseQueries, DurableCaseQueries>();
    }
}

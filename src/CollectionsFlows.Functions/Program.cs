using Azure.Core;
using Azure.Identity;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
TokenCredential credential = new DefaultAzureCredential();
await builder.Services.AddAzureHostAsync(builder.Configuration, credential, AppContext.BaseDirectory);
await builder.Build().RunAsync();

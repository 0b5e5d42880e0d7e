using TelephonyHub.Simulator.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddUisSimulator(builder.Configuration);
await builder.Build().RunAsync();

using TelephonyHub.Simulator.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddUisSimulator(builder.Configuration);
builder.Services.AddCreatioSimulator(builder.Configuration);
await builder.Build().RunAsync();

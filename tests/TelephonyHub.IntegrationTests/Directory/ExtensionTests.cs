using Microsoft.Extensions.DependencyInjection;
using TelephonyHub.Cabinets;
using TelephonyHub.Creatio;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.IntegrationTests.Support;
using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.IntegrationTests.Directory;

public sealed class ExtensionsOnSqlite() : ExtensionTests(DatabaseProvider.Sqlite);

public sealed class ExtensionsOnPostgres() : ExtensionTests(DatabaseProvider.Postgres);

/// <summary>Short numbers that only the CRM knows (reference 3.2).</summary>
public abstract class ExtensionTests(DatabaseProvider provider)
{
    private static readonly CabinetKey Moscow = CabinetKey.Parse("msk");

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Extensions_OfAUserInTheCrm_AreHis_AndWithoutTheRightToReadThemTheRestGoesOn(bool denied)
    {
        SimUser anna = null!;
        await using var world = await HubWorld.StartAsync(provider, o =>
        {
            o.Seed = s =>
            {
                anna = Company.SeedUsers(s)["anna.ivanova@krepezh.example"];
                s.Add("ContactCommunication", ("ContactId", anna.ContactId), ("Number", "доб. 777"), ("CommunicationTypeId", CreatioIds.CommunicationType.ExtensionPhone));
                s.Add("SysMsgUserSettings", ("UserId", anna.UserId), ("ConnectionParams", """{"deviceId":"778"}"""));
            };
            o.Before = crm =>
            {
                if (denied)
                {
                    crm.Faults.DenyRead("SysMsgUserSettings");
                }
            };
        });

        var managers = world.Services.GetRequiredService<DirectoryService>().Managers;

        managers.ByNumber(Moscow, "777")!.ContactId.Should().Be(anna.ContactId);
        (managers.ByNumber(Moscow, "778")?.ContactId).Should().Be(denied ? null : anna.ContactId);
    }
}

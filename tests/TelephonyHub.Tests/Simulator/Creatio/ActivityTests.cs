using TelephonyHub.Simulator.Creatio;

namespace TelephonyHub.Tests.Simulator.Creatio;

public sealed class ActivityTests
{
    private static readonly Guid Completed = new("4bdbb88f-58e6-df11-971b-001d60e938c6");
    private static readonly Guid Responsible = new("53fc4a92-b0ea-e111-96c4-00165d094c12");
    private static readonly Guid Participant = new("1a8324e8-a6e1-df11-971b-001d60e938c6");

    [Fact]
    public async Task Task_OnlyTitle_GetsTheDefaults()
    {
        await using var site = await CrmSite.SignedInAsync();

        var task = site.Store.Get("Activity", await site.CreateAsync("Activity", new { Title = "Call back" }));

        task.Ref("TypeId").Should().Be(new Guid("fbe0acdc-cfc0-df11-b00f-001d60e938c6"));
        task.Ref("ActivityCategoryId").Should().Be(new Guid("f51c4643-58e6-df11-971b-001d60e938c6"));
        task.Ref("StatusId").Should().Be(new Guid("384d4b84-58e6-df11-971b-001d60e938c6"));
        task.Ref("PriorityId").Should().Be(new Guid("ab96fa02-7fe6-df11-971b-001d60e938c6"));
        task.Time("StartDate").Should().Be(CrmSite.Start);
        task.Time("DueDate").Should().Be(CrmSite.Start);
        task.Text("Color").Should().Be("#405f97");
    }

    [Fact]
    public async Task Task_OfTheRecipe_GetsDurationParticipantsAndReminder()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        var client = site.Store.AddContact("Ivan Petrov", manager.ContactId);

        var id = await site.CreateAsync("Activity", Recipe(manager, client));

        site.Store.Get("Activity", id).Int("DurationInMinutes").Should().Be(360);
        site.Store.By("ActivityParticipant", "ActivityId", id).Select(row => (row.Ref("ParticipantId"), row.Ref("RoleId")))
            .Should().BeEquivalentTo(new (Guid?, Guid?)[] { (manager.ContactId, Responsible), (client, Participant) });
        var reminding = Reminding(site, id).Should().ContainSingle().Subject;
        reminding.Ref("ContactId").Should().Be(manager.ContactId);
        reminding.Time("RemindTime").Should().Be(CrmSite.Start.AddHours(5.5));
        reminding.Text("SubjectCaption").Should().Be("Call back");
        reminding.Flag("IsNeedToSend").Should().BeTrue();
        site.Simulator.Popups.Should().BeEmpty("it is not time yet");
    }

    [Fact]
    public async Task Reminder_FallsDue_PopsUpOnce()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        var id = await site.CreateAsync("Activity", Recipe(manager, site.Store.AddContact("Ivan Petrov")));

        site.Clock.Advance(TimeSpan.FromHours(5.4));
        site.Simulator.Popups.Should().BeEmpty();
        site.Clock.Advance(TimeSpan.FromHours(0.2));
        site.Clock.Advance(TimeSpan.FromHours(1));

        var popup = site.Simulator.Popups.Should().ContainSingle().Subject;
        (popup.Source, popup.UserId, popup.EntityId, popup.Title).Should().Be((PopupSource.Reminding, manager.UserId, id, "Call back"));
    }

    [Fact]
    public async Task Task_Finished_LosesItsReminder()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Activity", Recipe(site.Store.AddUser("Manager One", "m1"), site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Activity({id})", new { StatusId = Completed });

        Reminding(site, id).Should().BeEmpty();
    }

    [Fact]
    public async Task Task_ReminderSwitchedOff_LosesIt()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Activity", Recipe(site.Store.AddUser("Manager One", "m1"), site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Activity({id})", new { RemindToOwner = false });

        Reminding(site, id).Should().BeEmpty();
    }

    [Fact]
    public async Task Task_StartMoved_MovesTheReminder()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Activity", Recipe(site.Store.AddUser("Manager One", "m1"), site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Activity({id})", new { StartDate = "2026-01-10T10:00:00Z" });

        Reminding(site, id).Single().Time("RemindTime").Should().Be(CrmSite.Start.AddHours(6.5));
        site.Store.Get("Activity", id).Int("DurationInMinutes").Should().Be(300);
    }

    [Fact]
    public async Task Task_OwnerChanged_ReplacesResponsibleAndReminder()
    {
        await using var site = await CrmSite.SignedInAsync();
        var first = site.Store.AddUser("Manager One", "m1");
        var second = site.Store.AddUser("Manager Two", "m2");
        var id = await site.CreateAsync("Activity", Recipe(first, site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Activity({id})", new { OwnerId = second.ContactId });

        site.Store.By("ActivityParticipant", "ActivityId", id).Where(row => row.Ref("RoleId") == Responsible).Select(row => row.Ref("ParticipantId"))
            .Should().Equal(second.ContactId);
        Reminding(site, id).Single().Ref("ContactId").Should().Be(second.ContactId);
    }

    [Fact]
    public async Task Category_WithoutType_GivesTheType()
    {
        await using var site = await CrmSite.SignedInAsync();

        var id = await site.CreateAsync("Activity", new { Title = "Call", ActivityCategoryId = "e52bd583-7825-e011-8165-00155d043204" });

        site.Store.Get("Activity", id).Ref("TypeId").Should().Be(new Guid("e1831dec-cfc0-df11-b00f-001d60e938c6"));
    }

    [Fact]
    public async Task Reminding_OfTheRecipe_PopsUpAtOnceAtTheUsersBrowser()
    {
        await using var site = await CrmSite.SignedInAsync();
        var manager = site.Store.AddUser("Manager One", "m1");
        var client = site.Store.AddContact("Ivan Petrov");

        var id = await site.CreateAsync("Reminding", Notification(manager, client));

        var popup = site.Simulator.Popups.Should().ContainSingle().Subject;
        popup.UserId.Should().Be(manager.UserId);
        popup.Title.Should().Be("Incoming call");
        popup.Body.Should().Be("Ivan Petrov");
        popup.EntityId.Should().Be(client);
        popup.RemindingId.Should().Be(id);
        popup.Payload.Should().Contain("\"EntitySchemaName\":\"Contact\"").And.Contain("\"GroupName\":\"Notification\"");
    }

    [Theory]
    [InlineData("Description", true)]
    [InlineData("SubjectCaption", true)]
    [InlineData("PopupTitle", false)]
    public async Task Reminding_Changed_IsSentAgainForTheRightColumns(string column, bool again)
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Reminding", Notification(site.Store.AddUser("Manager One", "m1"), site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Reminding({id})", new Dictionary<string, object>(StringComparer.Ordinal) { [column] = "changed" });

        site.Simulator.Popups.Should().HaveCount(again ? 2 : 1);
    }

    [Fact]
    public async Task Reminding_MarkedRead_IsNotSentAgain()
    {
        await using var site = await CrmSite.SignedInAsync();
        var id = await site.CreateAsync("Reminding", Notification(site.Store.AddUser("Manager One", "m1"), site.Store.AddContact("Ivan Petrov")));

        await site.PatchAsync($"Reminding({id})", new { IsRead = true });

        site.Simulator.Popups.Should().ContainSingle();
        site.Store.Get("Reminding", id).Flag("IsRead").Should().BeTrue();
    }

    [Fact]
    public async Task Reminding_BrowserClosedOrUserInactive_ShowsNothing()
    {
        await using var site = await CrmSite.SignedInAsync();
        var away = site.Store.AddUser("Manager One", "m1");
        var gone = site.Store.AddUser("Manager Two", "m2", active: false);
        site.Simulator.DisconnectBrowser(away.UserId);

        await site.CreateAsync("Reminding", Notification(away, site.Store.AddContact("Ivan Petrov")));
        await site.CreateAsync("Reminding", Notification(gone, site.Store.AddContact("Ivan Petrov")));

        site.Simulator.Popups.Should().BeEmpty();
        site.Store.Count("Reminding").Should().Be(2);
    }

    private static object Recipe(SimUser manager, Guid client) => new
    {
        Title = "Call back",
        StartDate = "2026-01-10T09:00:00Z",
        DueDate = "2026-01-10T15:00:00Z",
        OwnerId = manager.ContactId,
        ContactId = client,
        RemindToOwner = true,
        RemindToOwnerDate = "2026-01-10T14:30:00Z",
        ShowInScheduler = true,
    };

    private static object Notification(SimUser manager, Guid client) => new
    {
        ContactId = manager.ContactId,
        SourceId = "a66d08e1-2e2d-e011-ac0a-00155d043205",
        RemindTime = "2026-01-10T09:00:00Z",
        PopupTitle = "Incoming call",
        SubjectCaption = "Ivan Petrov",
        Description = "Incoming call",
        SubjectId = client,
        SysEntitySchemaId = "16be3651-8fe2-4159-8dd0-a803d4683dd3",
        TypeCaption = "Call",
        NotificationTypeId = "685e7149-c015-4a4d-b4a6-2e5625a6314c",
        IsRead = false,
    };

    private static IReadOnlyList<CrmRow> Reminding(CrmSite site, Guid activity) =>
        site.Store.Where("Reminding", row => row.Ref("SubjectId") == activity);
}

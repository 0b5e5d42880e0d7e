using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TelephonyHub.Simulator.Uis;
using TelephonyHub.Uis;
using TelephonyHub.Uis.CallApi;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.IntegrationTests.Uis;

/// <summary>Adapter and stand-in share no code: each method of the one is understood by the other, with real state behind it.</summary>
public sealed class AgainstStandInTests : IAsyncLifetime
{
    private const string Client = "79261112233";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 15, 30, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private UisSimulator _uis = null!;
    private UisCabinetClient _client = null!;

    private SimCabinet Moscow => _uis.Cabinets["msk"];

    private UisReportQuery Day { get; } = new(new DateTime(2026, 3, 2), new DateTime(2026, 3, 2, 23, 59, 59));

    public async Task InitializeAsync()
    {
        _uis = new UisSimulator(SimulatorCompany.Options() with { FirstSessionId = 1_000_000_001 }, _time);
        await _uis.StartAsync();
        _client = new UisCabinetClient(
            _http,
            new UisCabinetOptions { Cabinet = "msk", CallApiUrl = _uis.CallApiUrl, DataApiUrl = _uis.DataApiUrl, AccessToken = "sim-token-msk" },
            _time, NullLogger<UisCabinetClient>.Instance);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _uis.DisposeAsync();
    }

    [Fact]
    public async Task Dictionaries_All_TellTheCompany()
    {
        var data = _client.Data;

        (await data.GetAccountAsync()).Should().Be(new UisAccount(10_100, "Крепёж Москва", "Europe/Moscow"));
        var anna = await data.GetEmployeesAsync(new UisQuery { Filter = UisFilter.Like("last_name", "Иван%") }).SingleAsync();
        (anna.Email, anna.Extension, anna.Groups.Count).Should().Be(("anna.ivanova@krepezh.example", "101", 0));
        anna.PhoneNumbers.Select(phone => phone.PhoneNumber).Should().Equal("0101001", "79161000001");
        (await data.GetStatusesAsync().ToListAsync()).Should().Contain(status => status.Id == anna.StatusId && status.Mnemonic == "available");
        (await data.GetGroupEmployeesAsync().ToListAsync()).Select(group => (group.Name, group.Members.Count)).Should().Equal(("Продажи Москва", 3), ("Дежурный", 0));
        (await data.GetSchedulesAsync().SingleAsync()).Times.Should().Equal(new UisTimeSpan("09:00:00", "18:00:00"));
        (await data.GetVirtualNumbersAsync().ToListAsync()).Select(number => (number.VirtualPhoneNumber, number.Scenarios.Single().ScenarioId)).Should().Equal(
            (SimulatorCompany.MoscowNumber, 101_001), (SimulatorCompany.MoscowSecondNumber, 101_001), (SimulatorCompany.CommonNumber, SimulatorCompany.MenuScenarioId));
        (await data.GetScenariosAsync().ToListAsync()).Should().Contain(scenario =>
            scenario.Name == "8-800" && scenario.VirtualPhoneNumbers.Single() == SimulatorCompany.CommonNumber && scenario.Operations.Count > 1 && scenario.Operations[0].Name != null);
        (await data.GetStatusesAsync(isDeleted: true).ToListAsync()).Should().BeEmpty();
        (anna.ScheduleName, anna.CoachAlwaysEnabled).Should().Be(("Рабочее время", false));
        anna.InExternalAllowedCallDirections.Should().Equal("in", "out");
        (await data.GetSipLinesAsync().ToListAsync()).Should().HaveCount(4).And.OnlyContain(line => line.IsRegistered == true);
        (await data.GetTagsAsync().ToListAsync()).Select(tag => tag.Name).Should().Equal("Целевой", "Нецелевой", "Спам");
    }

    [Fact]
    public async Task Writes_All_AreThereAfterwards()
    {
        var data = _client.Data;

        var id = await data.CreateContactAsync(new UisContactDraft("Лыков", [Client]) { FirstName = "Иван", Emails = ["a@b.ru"], PersonalManagerId = 101_002 });
        (await data.GetContactsAsync().SingleAsync()).Should().BeEquivalentTo(new { Id = id, FullName = "Лыков Иван", PersonalManagerFullName = "Петров Борис" });
        await data.UpdateContactAsync(new UisContactChange(id) { LastName = "Лыкова", ClearPersonalManager = true });
        (await data.GetContactsAsync().SingleAsync()).Should().BeEquivalentTo(new { FullName = "Лыкова Иван", PersonalManagerId = (long?)null, PhoneNumbers = new[] { Client } });

        var entry = await data.AddToBlacklistAsync("79260000666", "спам");
        (await data.GetBlacklistAsync().SingleAsync()).Should().BeEquivalentTo(
            new { Id = entry, PhoneNumber = "79260000666", Comment = "спам", AddedAt = new DateTime(2026, 3, 2, 12, 15, 30) });
        await data.DeleteFromBlacklistAsync(entry);
        (await data.GetBlacklistAsync().ToListAsync()).Should().BeEmpty();

        var line = await data.CreateSipLineAsync(101_001, SimulatorCompany.MoscowNumber);
        (await data.UpdateSipLinePasswordAsync(line.Id)).Should().NotBe(line.Password);
        (await data.GetSipLinesAsync(new UisQuery { Filter = UisFilter.Equal("phone_number", line.PhoneNumber) }).SingleAsync()).IsRegistered.Should().BeFalse();

        var call = await Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        await data.SetTagAsync(call.SessionId, 102);
        Moscow.Calls.Single().TagIds.Should().Equal(102);
        await data.UnsetTagAsync(call.SessionId, 102);
        Moscow.Calls.Single().TagIds.Should().BeEmpty();
        var twice = () => data.UnsetTagAsync(call.SessionId, 102);
        (await twice.Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(UisFailure.NotFound);
    }

    [Fact]
    public async Task Reports_PlayedCall_IsToldBySessionLegsAndMoney()
    {
        var call = await Moscow.OutgoingAsync(new OutgoingCall(101_002, "79221234567", Answered: true) { Talk = TimeSpan.FromSeconds(61) });

        var row = await _client.Data.GetCallsReportAsync(Day).SingleAsync();
        (row.Id, row.IsLost, row.TalkDuration, row.LastTalkedEmployee).Should().Be((call.SessionId, false, 61, new UisNamed(101_002, "Петров Борис")));
        row.CallRecords.Should().Equal(call.RecordHashes);
        var legs = await _client.Data.GetCallLegsReportAsync(Day with { Query = new UisQuery { Filter = UisFilter.Equal("call_session_id", call.SessionId) } }).ToListAsync();
        legs.Select(leg => (leg.Id, leg.CalledPhoneNumber, leg.FinishReason, leg.FinishReasonDescription)).Should().Equal(
            call.Legs.Select(leg => (leg.Id, leg.Called, leg.FinishReason, (string?)"Сотрудник разъединился")));
        var money = await _client.Data.GetFinancialCallLegsReportAsync(Day).SingleAsync();
        (money.CallSessionId, money.DirectionType, money.ChargeableDuration, money.TotalCharge).Should().Be((call.SessionId, "mobile", 120, 3.6m));
    }

    [Fact]
    public async Task Logs_NotificationsAndRequests_AreRead()
    {
        Moscow.Options.EventsUrl = new Uri("http://127.0.0.1:9/events");
        Moscow.Options.Templates = NotificationTemplates.Recommended;
        await Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber));
        var reports = (await _client.Data.GetReportsAsync()).ToDictionary(report => report.Name!, report => report.Id, StringComparer.Ordinal);

        var sent = await _client.Data.GetNotificationsAsync(reports["Уведомления"], Day).ToListAsync();
        var asked = await _client.Data.GetApiRequestsAsync(reports["Запросы к API"], Day).ToListAsync();

        sent.Select(delivery => (delivery.EventType, delivery.Status, delivery.ErrorType)).Should().Equal(
            ("in_call_session", "failed", "no_answer"), ("in_call", "failed", "no_answer"));
        sent.Should().OnlyContain(delivery => delivery.StartedAt == new DateTime(2026, 3, 2, 12, 15, 30) && delivery.Message!.Contains(Client));
        asked.Select(request => (request.Method, request.Status)).Should().Equal(("get.reports_list", "success"), ("get.notifications", "success"));
    }

    [Fact]
    public async Task Starts_All_RingAndTalk()
    {
        var calls = _client.Calls;
        var employee = await calls.StartEmployeeCallAsync(new StartEmployeeCall
        {
            FirstCall = UisFirstCall.Employee,
            EmployeeId = 101_001,
            VirtualPhoneNumber = SimulatorCompany.MoscowNumber,
            Contact = Client,
            Direction = "out",
            SwitchAtOnce = true,
            EarlySwitching = true,
            ShowVirtualPhoneNumber = false,
            MediaFileId = 1,
            ExternalId = "e1",
            ContactMessage = UisMessage.Speech("Привет"),
            EmployeeMessage = UisMessage.Media(2561),
        });
        var simple = await calls.StartSimpleCallAsync(new StartSimpleCall
        {
            FirstCall = UisFirstCall.Contact,
            Operator = "79995556677",
            OperatorConfirmation = "any",
            ShowVirtualPhoneNumber = false,
            VirtualPhoneNumber = SimulatorCompany.MoscowNumber,
            Contact = Client,
            Direction = "out",
        });
        var scenario = await calls.StartScenarioCallAsync(new StartScenarioCall
        {
            FirstCall = UisFirstCall.Employee,
            ScenarioId = 101_001,
            VirtualPhoneNumber = SimulatorCompany.MoscowNumber,
            Contact = Client,
            Direction = "in",
        });
        var number = await calls.StartVirtualNumberCallAsync(new StartVirtualNumberCall
        {
            FirstCall = UisFirstCall.Contact,
            VirtualPhoneNumber = SimulatorCompany.MoscowNumber,
            Contact = Client,
            Direction = "in",
        });
        var informer = await calls.StartInformerCallAsync(new StartInformerCall
        {
            VirtualPhoneNumber = SimulatorCompany.MoscowNumber,
            Contact = Client,
            Direction = "out",
            ContactMessage = UisMessage.Media(1),
            DialingTimeout = 40,
        });
        await _uis.WhenIdleAsync();

        Moscow.Calls.Select(call => call.SessionId).Should().Equal(employee, simple, scenario, number, informer);
        Moscow.Calls.Should().OnlyContain(call => !call.Lost && call.FinishReason != null);
    }

    [Fact]
    public async Task Control_WholeTransferIntoAnotherCabinet_IsSeenInListCalls()
    {
        var calls = _client.Calls;
        var live = await Moscow.BeginIncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { Recorded = false });
        await live.RingAsync("0101001");
        await live.AnswerAsync();

        await calls.TagAsync(live.SessionId, 101);
        await calls.RecordAsync(live.SessionId, on: true);
        await calls.AddCoachAsync(live.SessionId, "79995556677");
        await calls.SendDtmfAsync(live.SessionId, '9');
        await calls.CallTalkOptionAsync(live.SessionId, "4");
        await calls.BlockContactAsync(live.SessionId);
        await _uis.WhenIdleAsync();
        await calls.DisconnectLegAsync(live.SessionId, live.Call.Legs[^1].Id);
        await calls.HoldAsync(live.SessionId, UisMessage.Speech("Минуту"));
        await calls.UnholdAsync(live.SessionId);
        await calls.HoldAsync(live.SessionId, UisMessage.Media(2561));
        await calls.MakeCallAsync(live.SessionId, "102");
        await _uis.WhenIdleAsync();
        await calls.RestoreAsync(live.SessionId);
        await calls.HoldAsync(live.SessionId, UisMessage.Speech("Минуту"));
        await calls.MakeCallAsync(live.SessionId, SimulatorCompany.RyazanNumber, UisMessage.Speech("Клиент"));
        await _uis.WhenIdleAsync();
        await calls.TransferAsync(live.SessionId);

        var listed = (await calls.ListCallsAsync("in", SimulatorCompany.MoscowNumber)).Should().ContainSingle().Subject;
        (listed.CallSessionId, listed.ContactPhoneNumber, listed.Tags.Single().Id).Should().Be((live.SessionId, Client, 101));
        listed.Legs.Select(leg => (leg.CalledPhoneNumber, leg.State)).Should().Equal(
            (SimulatorCompany.MoscowNumber, UisLegState.Talk), (SimulatorCompany.RyazanNumber, UisLegState.Talk));
        (await calls.ListTalkOptionsAsync()).Should().Contain(new UisTalkOption("1", "tag_call", "Проставить тег", 101, "Целевой"));
        await calls.ReleaseAsync(live.SessionId);
        var gone = () => calls.ReleaseAsync(live.SessionId);
        (await gone.Should().ThrowAsync<UisApiException>()).Which.Failure.Should().Be(UisFailure.NotFound);
        Moscow.Calls.Single().Onward.Single().Should().BeEquivalentTo(new { Cabinet = "rzn", FinishReason = "subscriber_disconnects", Lost = false });
        Moscow.Blacklist.Single().PhoneNumber.Should().Be(Client);
    }

    [Fact]
    public async Task Login_PasswordInsteadOfKey_WorksAtBothApisAndIsRenewed()
    {
        using var client = new UisCabinetClient(
            _http,
            new UisCabinetOptions { Cabinet = "spb", CallApiUrl = _uis.CallApiUrl, DataApiUrl = _uis.DataApiUrl, Login = "api-spb", Password = "sim-password-spb" },
            _time, NullLogger<UisCabinetClient>.Instance);

        for (var hour = 0; hour < 2; hour++)
        {
            (await client.Data.GetAccountAsync()).AppId.Should().Be(10_200);
            (await client.Calls.ListCallsAsync()).Should().BeEmpty();
            _time.Advance(TimeSpan.FromHours(1));
        }

        _uis.ApiCalls.Count(call => call.Method == "login.user").Should().Be(4, "each API has a session of its own, an hour long");
        _uis.ApiCalls.Should().OnlyContain(call => call.Error == null, "the token is renewed before it ends");
    }
}

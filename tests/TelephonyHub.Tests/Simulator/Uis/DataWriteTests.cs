using System.Text.Json.Nodes;
using TelephonyHub.Simulator.Uis;

namespace TelephonyHub.Tests.Simulator.Uis;

/// <summary>Address book, blacklist, tags of finished calls, SIP passwords (section 2.6): what is written is there afterwards.</summary>
public sealed class DataWriteTests
{
    private const string Client = "79261112233";

    [Fact]
    public async Task Contact_WithPersonalManager_IsFoundByOperationTen()
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Scenarios =
            [
                new SimScenario(1, "Менеджер",
                [
                    new SimOperation(1, SimOperationKind.PersonalManager, "Переадресация на персонального менеджера")
                    {
                        Branches = new Dictionary<string, long>(StringComparer.Ordinal) { ["manager_not_found"] = 2, ["dial_failed"] = 2 },
                    },
                    new SimOperation(2, SimOperationKind.Dialing, "Дежурный") { Phones = ["79161000099"] },
                ]),
            ],
            ScenarioByNumber = new Dictionary<string, long>(StringComparer.Ordinal),
        }));
        (await IncomingAsync(sim)).TalkedPhone.Should().Be("79161000099", "the address book does not know the caller");

        var created = await sim.DataAsync("create.contacts", Json($$"""{"last_name":"Лыков","first_name":"Иван","phone_numbers":["{{Client}}"],"personal_manager_id":101003}"""));
        (await IncomingAsync(sim)).TalkedEmployeeId.Should().Be(101_003);

        var id = (long)created["result"]!["id"]!;
        var row = (await sim.DataAsync("get.contacts", Json($$$"""{"filter":{"field":"id","operator":"=","value":{{{id}}}}}"""))).Data().AsArray().Single()!;
        ((string?)row["full_name"], (long?)row["personal_manager_id"], (string?)row["personal_manager_full_name"]).Should().Be(("Лыков Иван", 101_003, "Сидоров Виктор"));
        (await sim.DataAsync("update.contacts", Json($$"""{"id":{{id}},"personal_manager_id":null}""")))["result"]!.AsObject().Should().NotContainKey("data");
        sim.Moscow.Contacts.Single().Should().BeEquivalentTo(new { LastName = "Лыков", PersonalManagerId = (long?)null });
        (await IncomingAsync(sim)).TalkedPhone.Should().Be("79161000099");
        CallTests.Bodies(sim)[^1]["contact_full_name"]!.GetValue<string>().Should().Be("Лыков Иван");
    }

    [Theory]
    [InlineData("create.contacts", """{"phone_numbers":["79260000001"]}""", "required_parameter_missed")]
    [InlineData("create.contacts", """{"last_name":"Лыков"}""", "required_parameter_missed")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":"79260000001"}""", "data_type_error")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":[79260000001]}""", "data_type_error")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":["+79260000001"]}""", "invalid_parameter_value")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":["79260000001"],"personal_manager_id":null}""", "data_type_error")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":["79260000001"],"personal_manager_id":5}""", "entity_not_found")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":["79261112233"]}""", "duplicate_entity")]
    [InlineData("create.contacts", """{"last_name":"Лыков","phone_numbers":["79260000001"],"manager":1}""", "unexpected_parameters")]
    [InlineData("update.contacts", """{"id":5}""", "entity_not_found")]
    [InlineData("update.contacts", """{"last_name":"Лыков"}""", "required_parameter_missed")]
    [InlineData("create.phone_number_to_blacklist", """{"phone_number":"79260000666"}""", "duplicate_entity")]
    [InlineData("create.phone_number_to_blacklist", """{"phone_number":"8926"}""", "invalid_parameter_value")]
    [InlineData("delete.phone_number_from_blacklist", """{"id":5}""", "entity_not_found")]
    [InlineData("set.tag_communications", """{"communication_id":5,"communication_type":"call","tag_id":101}""", "entity_not_found")]
    [InlineData("set.tag_communications", """{"communication_id":5,"communication_type":"sms","tag_id":101}""", "invalid_parameter_value")]
    [InlineData("set.tag_communications", """{"communication_type":"call","tag_id":101}""", "required_parameter_missed")]
    [InlineData("set.tag_communications", """{"communication_ext_id":"x","communication_type":"call","tag_id":101}""", "entity_not_found")]
    [InlineData("create.sip_lines", """{"employee_id":5}""", "entity_not_found")]
    [InlineData("create.sip_lines", """{"employee_id":101001,"virtual_phone_number":"78121230001"}""", "virtual_phone_number_not_found")]
    [InlineData("update.sip_line_password", """{"id":5}""", "entity_not_found")]
    public async Task Write_Wrong_IsRefusedAndChangesNothing(string method, string parameters, string mnemonic)
    {
        await using var sim = await SimulatorFixture.StartAsync(SimulatorFixture.WithMoscow(moscow => moscow with
        {
            Blacklist = new HashSet<string>(StringComparer.Ordinal) { "79260000666" },
            Contacts = [new SimContact(700_001, "Первый", [Client])],
        }));

        (await sim.DataAsync(method, Json(parameters))).Mnemonic().Should().Be(mnemonic);

        (sim.Moscow.Contacts.Count, sim.Moscow.Blacklist.Count, sim.Moscow.SipLines.Count).Should().Be((1, 1, 4));
    }

    [Fact]
    public async Task Blacklist_AddedAndDeleted_IsObeyedBetween()
    {
        await using var sim = await SimulatorFixture.StartAsync();

        var data = (await sim.DataAsync("create.phone_number_to_blacklist", Json($$"""{"phone_number":"{{Client}}","add_comment":"спам"}"""))).Data();
        (await IncomingAsync(sim)).FinishReason.Should().Be("numa_in_black_list");
        (await sim.CallAsync("start.employee_call", ApiStrictnessTests.Start("{}"))).Mnemonic().Should().Be("contact_in_blacklist");
        var row = (await sim.DataAsync("get.blacklist_phone_numbers")).Data().AsArray().Single()!;
        ((string?)row["phone_number"], (string?)row["add_comment"], (string?)row["add_date_time"]).Should().Be((Client, "спам", "2026-03-02 12:15:30"));
        (await sim.DataAsync("delete.phone_number_from_blacklist", new JsonObject { ["id"] = (long)data["id"]! })).Mnemonic().Should().BeNull();

        sim.Moscow.Blacklist.Should().BeEmpty();
        (await IncomingAsync(sim)).Lost.Should().BeFalse();
    }

    [Fact]
    public async Task TagCommunications_FinishedCall_IsTaggedNotifiedAndReported()
    {
        await using var sim = await SimulatorFixture.StartAsync();
        var call = await IncomingAsync(sim);
        JsonObject Tag() => Json($$"""{"communication_id":{{call.SessionId}},"communication_type":"call","tag_id":102}""");

        (await sim.DataAsync("set.tag_communications", Tag())).Mnemonic().Should().BeNull();
        (await sim.DataAsync("set.tag_communications", Tag())).Mnemonic().Should().Be("duplicate_entity");
        (await sim.DataAsync("get.calls_report", Json("""{"date_from":"2026-03-02 00:00:00","date_till":"2026-03-02 23:59:59","fields":["tags"]}""")))
            .Data()[0]!["tags"]![0]!["tag_name"]!.GetValue<string>().Should().Be("Нецелевой");
        (await sim.DataAsync("unset.tag_communications", Tag())).Mnemonic().Should().BeNull();
        await sim.Simulator.WhenIdleAsync();

        sim.Moscow.Calls.Single().TagIds.Should().BeEmpty();
        CallTests.Mnemonics(sim).TakeLast(2).Should().Equal("set_mark", "unset_mark");
    }

    private static Task<SimCall> IncomingAsync(SimulatorFixture sim)
    {
        sim.Hub.Route = _ => (200, """{"phones":["0101001"]}""");
        return sim.Moscow.IncomingAsync(new IncomingCall(Client, SimulatorCompany.MoscowNumber) { AnsweredBy = Answers.First });
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}

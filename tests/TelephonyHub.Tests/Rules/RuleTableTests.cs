using CsCheck;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Rules;
using TelephonyHub.Tests.Hosting;

namespace TelephonyHub.Tests.Rules;

/// <summary>Row F: which rule acts on which call.</summary>
public sealed class RuleTableTests
{
    private static readonly string?[] Cabinets = [null, "msk", "spb", "rzn", "sgt"];

    /// <summary>Every cell of the key: cabinet or any × direction × known/unknown × answered/missed.</summary>
    public static TheoryData<string?, CallDirection, bool, bool> Cells
    {
        get
        {
            var cells = new TheoryData<string?, CallDirection, bool, bool>();
            foreach (var cabinet in Cabinets)
            {
                foreach (var key in RuleTable.BuiltIn.Rules.Select(r => r.When))
                {
                    cells.Add(cabinet, key.Direction, key.KnownClient, key.Answered);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void For_EveryCell_ItsOwnRuleAndNoOther(string? cabinet, CallDirection direction, bool known, bool answered)
    {
        // A table in which every cell has a rule of its own.
        var full = new RuleTable(2, [.. Cabinets.SelectMany(c => RuleTable.BuiltIn.Rules.Select(r => r with { Id = $"{c}/{r.Id}", When = r.When with { Cabinet = c } }))]);
        var withoutThis = new RuleTable(3, [.. full.Rules.Where(r => r.When != new RuleKey(cabinet, direction, known, answered) || r.When.Cabinet is null)]);
        var called = CabinetKey.Parse(cabinet ?? "new-city");

        var acts = full.For(new RuleQuestion(called, direction, known, answered));
        var instead = withoutThis.For(new RuleQuestion(called, direction, known, answered));

        acts.When.Should().Be(new RuleKey(cabinet, direction, known, answered));
        instead.When.Should().Be(new RuleKey(null, direction, known, answered), "without a rule of its own the cabinet has that of any");
    }

    [Fact]
    public void BuiltIn_EveryKindOfCall_HasExactlyOneRule() =>
        RuleTable.BuiltIn.Rules.Select(r => (r.When.Direction, r.When.KnownClient, r.When.Answered)).Should().OnlyHaveUniqueItems().And.HaveCount(8);

    [Theory]
    [InlineData(true, true, true, "cabinet")]
    [InlineData(false, true, true, "dialled")]
    [InlineData(false, false, true, "tag")]
    [InlineData(false, false, false, "base")]
    public void For_SeveralFit_TheMostSpecific(bool inMoscow, bool dialsIt, bool tagged, string expected)
    {
        var table = Table(
            Rule("base"), Rule("tag", tag: "target"), Rule("dialled", dialled: "+" + Company.CommonNumber), Rule("cabinet", cabinet: "msk"));

        var acts = table.For(Answered(inMoscow ? "msk" : "spb") with { Dialled = dialsIt ? Company.Phone(Company.CommonNumber) : Company.Phone(Company.MoscowNumber), Tags = tagged ? ["TARGET"] : [] });

        acts.Id.Should().Be(expected);
    }

    [Theory]
    [InlineData(0, "base")]
    [InlineData(29, "base")]
    [InlineData(30, "30")]
    [InlineData(299, "30")]
    [InlineData(300, "300")]
    public void For_MinimumTalk_TheLongestThatIsReached(int talk, string expected) =>
        Table(Rule("base"), Rule("30", talk: 30), Rule("300", talk: 300)).For(Answered("msk") with { TalkSeconds = talk }).Id.Should().Be(expected);

    [Theory]
    [InlineData(4, "in-missed-unknown")]
    [InlineData(5, "5")]
    public void For_MinimumWaitOfAMissedCall_OnlyOnceItIsReached(int wait, string expected) =>
        Table(Rule("5") with { When = new RuleKey(null, CallDirection.In, KnownClient: false, Answered: false, MinWaitSeconds: 5) })
            .For(new RuleQuestion(Company.Moscow, CallDirection.In, KnownClient: false, Answered: false) { WaitSeconds = wait }).Id.Should().Be(expected);

    [Fact]
    public void For_ConditionOnAnotherNumber_DoesNotFit() => Table(Rule("base"), Rule("dialled", dialled: "+" + Company.CommonNumber)).For(Answered("msk")).Id.Should().Be("base");

    [Fact]
    public void For_RulesInAnyOrder_TheSameOneActs()
    {
        CallRule[] rules = [Rule("base"), Rule("tag", tag: "a"), Rule("tag b", tag: "b"), Rule("talk", talk: 10), Rule("dialled", dialled: "+" + Company.CommonNumber), Rule("cabinet", cabinet: "msk"), Rule("cabinet talk", cabinet: "msk", talk: 20)];
        var questions = from cabinet in Gen.Bool
                        from talk in Gen.Int[0, 40]
                        from tags in Gen.Int[0, 2]
                        select Answered(cabinet ? "msk" : "spb") with { TalkSeconds = talk, Tags = new[] { "b", "a" }[..tags], Dialled = Company.Phone(Company.CommonNumber) };

        Gen.Shuffle(rules).Select(questions).Sample((shuffled, question) => Table(shuffled).For(question).Id == Table(rules).For(question).Id);
    }

    [Fact]
    public void CardRuleFor_WhilePhoneRings_RuleOfTheAnsweredCallWithoutWhatIsNotKnownYet()
    {
        var table = Table(Rule("base") with { Card = CardTiming.OnAnswer }, Rule("talk", talk: 1), Rule("tag", tag: "a"), Rule("8-800", dialled: "+" + Company.CommonNumber) with { Card = CardTiming.None });

        table.CardRuleFor(Company.Moscow, knownClient: false, Company.Phone(Company.MoscowNumber)).Card.Should().Be(CardTiming.OnAnswer);
        table.CardRuleFor(Company.Moscow, knownClient: false, Company.Phone(Company.CommonNumber)).Card.Should().Be(CardTiming.None);
        RuleTable.BuiltIn.CardRuleFor(Company.Moscow, knownClient: true, null).Card.Should().Be(CardTiming.OnRing);
    }

    [Theory]
    [InlineData("Звонок {client}, {region}", "Звонок Завод (+7), Москва")]
    [InlineData("{name}|{phone}|{cabinet}|{dialled}|{talked}", "Завод|+7|msk|8-800|Борис")]
    [InlineData("без полей", "без полей")]
    public void Render_Template_FieldsFilled(string template, string expected) =>
        TextTemplate.Render(template, new TextFacts("Завод (+7)", "Завод", "+7", "Москва", "msk", "8-800", "Борис")).Should().Be(expected);

    [Fact]
    public void Unknown_Placeholder_Named() => TextTemplate.Unknown("{client} {Client} {}").Should().Equal("Client", "");

    private static RuleQuestion Answered(string cabinet) => new(CabinetKey.Parse(cabinet), CallDirection.In, KnownClient: false, Answered: true);

    private static CallRule Rule(string id, string? cabinet = null, string? dialled = null, int? talk = null, string? tag = null) => new()
    {
        Id = id,
        Name = id,
        When = new RuleKey(cabinet, CallDirection.In, KnownClient: false, Answered: true, dialled is null ? null : PhoneNumber.Parse(dialled).E164, talk, tag),
    };

    /// <summary>The built-in table with these instead of, or beside, its rule of unknown answered callers.</summary>
    private static RuleTable Table(params CallRule[] rules) => new(2, [.. RuleTable.BuiltIn.Rules.Where(r => rules.All(o => o.When != r.When)), .. rules]);
}

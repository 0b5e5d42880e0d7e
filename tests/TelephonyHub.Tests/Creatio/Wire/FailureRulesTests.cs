using System.Text;
using System.Text.Json;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class FailureRulesTests
{
    private static readonly CreatioRequest Create = new(HttpMethod.Post, new Uri("https://crm/odata/Contact"), "Contact") { IsWrite = true, IsCreate = true };
    private static readonly CreatioRequest Update = new(HttpMethod.Patch, new Uri("https://crm/odata/Contact(1)"), "Contact") { IsWrite = true, IsRecord = true };
    private static readonly CreatioRequest Read = new(HttpMethod.Get, new Uri("https://crm/odata/Contact"), "Contact");

    [Theory]
    [InlineData(400, CreatioFailure.Permanent)]
    [InlineData(401, CreatioFailure.Authentication)]
    [InlineData(403, CreatioFailure.Permanent)]
    [InlineData(404, CreatioFailure.Permanent)]
    [InlineData(405, CreatioFailure.Permanent)]
    [InlineData(406, CreatioFailure.Permanent)]
    [InlineData(408, CreatioFailure.Transient)]
    [InlineData(410, CreatioFailure.Permanent)]
    [InlineData(412, CreatioFailure.Permanent)]
    [InlineData(429, CreatioFailure.Limit)]
    [InlineData(500, CreatioFailure.Transient)]
    [InlineData(501, CreatioFailure.Permanent)]
    [InlineData(502, CreatioFailure.Transient)]
    [InlineData(503, CreatioFailure.Transient)]
    [InlineData(504, CreatioFailure.Transient)]
    public void Describe_StatusWithoutWords_FollowsTheTable(int status, CreatioFailure expected) =>
        FailureRules.Describe(Read, new CreatioReply(status, [])).Failure.Should().Be(expected);

    [Theory]
    [InlineData("Cannot insert duplicate key row in object 'dbo.Call'")]
    [InlineData("Violation of PRIMARY KEY constraint 'PKContact'. Cannot insert duplicate key")]
    [InlineData("23505: duplicate key value violates unique constraint \"PKContact\"")]
    [InlineData("23505: повторяющееся значение ключа нарушает ограничение уникальности \"PKContact\"")]
    [InlineData("Запись с таким идентификатором уже существует")]
    [InlineData("Нарушение \"PRIMARY KEY\" ограничения")]
    public void Describe_DuplicateKeyInAnyLanguage_IsConflict(string message)
    {
        foreach (var status in (int[])[400, 409, 500])
        {
            FailureRules.Describe(Create, Form2(status, message)).Failure.Should().Be(CreatioFailure.Conflict);
        }
    }

    [Theory]
    [InlineData("Field 'Title' is required", CreatioFailure.Permanent)]
    [InlineData("Cannot insert the value NULL into column 'Name'", CreatioFailure.Permanent)]
    [InlineData("Поле \"Название\" обязательно для заполнения", CreatioFailure.Permanent)]
    [InlineData("Column by path ContactId not found in schema Call", CreatioFailure.Permanent)]
    [InlineData("The INSERT statement conflicted with the FOREIGN KEY constraint \"FKContact\"", CreatioFailure.NotFound)]
    [InlineData("23503: insert or update on table \"Call\" violates foreign key constraint \"FK\"", CreatioFailure.NotFound)]
    [InlineData("23503: update or delete on table \"Contact\" violates foreign key constraint \"FK\"", CreatioFailure.Transient)]
    [InlineData("Transaction was deadlocked on lock resources", CreatioFailure.Transient)]
    public void Describe_ServerErrorWithWords_IsJudgedByTheWords(string message, CreatioFailure expected) =>
        FailureRules.Describe(Create, Form2(500, message)).Failure.Should().Be(expected);

    [Fact]
    public void Describe_SecurityExceptionUnder500_IsPermanent() =>
        FailureRules.Describe(Create, Json(500, """{"Message":"An error has occurred.","ExceptionMessage":"no","ExceptionType":"System.Security.SecurityException","StackTrace":""}"""))
            .Failure.Should().Be(CreatioFailure.Permanent);

    [Fact]
    public void Describe_DuplicateInInnerException_IsConflict() =>
        FailureRules.Describe(
                Create,
                Json(500, """{"error":{"code":"","message":"An error has occurred.","innererror":{"message":"see inner","internalexception":{"message":"23505: duplicate key value"}}}}"""))
            .Failure.Should().Be(CreatioFailure.Conflict);

    [Fact]
    public void Describe_404OfARecord_IsNotFound() => FailureRules.Describe(Update, new CreatioReply(404, [])).Failure.Should().Be(CreatioFailure.NotFound);

    [Fact]
    public void Describe_404ThirdForm_IsPermanentEvenForARecord() =>
        FailureRules.Describe(
                Update,
                Json(404, """{"Message":"No HTTP resource was found that matches the request URI 'x'.","MessageDetail":"No type was found that matches the controller named 'Foo'."}"""))
            .Should().Match<CreatioException>(failure => failure.Failure == CreatioFailure.Permanent && failure.Message.Contains("controller named 'Foo'"));

    [Fact]
    public void Describe_404AsAPage_IsNotTakenForAMissingRecord() =>
        FailureRules.Describe(Update, Page(404)).Failure.Should().Be(CreatioFailure.Permanent);

    [Theory]
    [InlineData(502, true)]
    [InlineData(504, true)]
    [InlineData(500, true)]
    [InlineData(503, false)]
    [InlineData(400, false)]
    public void Describe_PageFromAGateway_LeavesItOpenWhetherAWriteWasDone(int status, bool expected)
    {
        FailureRules.Describe(Create, Page(status)).MayHaveBeenApplied.Should().Be(expected);
        FailureRules.Describe(Read, Page(status)).MayHaveBeenApplied.Should().BeFalse();
    }

    [Fact]
    public void Describe_ErrorOfCreatioItself_WasNotApplied() => FailureRules.Describe(Create, Form2(500, "boom")).MayHaveBeenApplied.Should().BeFalse();

    [Theory]
    [InlineData("""{"error":{"code":"","message":"The query specified in the URI is not valid."}}""", "The query specified in the URI is not valid.")]
    [InlineData("""{"Message":"An error has occurred.","ExceptionMessage":"Boom","ExceptionType":"Terrasoft.Common.X","StackTrace":"at"}""", "Boom")]
    [InlineData("\"{\\\"error\\\":{\\\"message\\\":\\\"inside a text\\\"}}\"", "inside a text")]
    [InlineData("""{"Message":"Authentication failed.","StackTrace":null,"ExceptionType":"X"}""", "Authentication failed.")]
    public void Of_FormsOfTheReference_GiveTheTellingSentence(string body, string expected) =>
        ErrorBody.Of(JsonElement.Parse(body)).Message.Should().Be(expected);

    [Fact]
    public void Mask_NumbersAddressesAndIds_HidesTheFirstTwo() =>
        ErrorBody.Mask("near 'startswith(SearchNumber,'7654321999')' of +7 (999) 123-45-67, a.b@c.example, id 5d2a6a6e-1111-4222-8333-444455556666, 3 rows")
            .Should().Be("near 'startswith(SearchNumber,'***')' of ***, ***, id 5d2a6a6e-1111-4222-8333-444455556666, 3 rows");

    private static CreatioReply Form2(int status, string message) =>
        Json(status, JsonSerializer.Serialize(new { Message = "An error has occurred.", ExceptionMessage = message, ExceptionType = "Terrasoft.Common.DbOperationException", StackTrace = "at X" }));

    private static CreatioReply Json(int status, string body) => new(status, Encoding.UTF8.GetBytes(body)) { MediaType = "application/json" };

    private static CreatioReply Page(int status) => new(status, "<html><body>Bad Gateway</body></html>"u8.ToArray()) { MediaType = "text/html" };
}

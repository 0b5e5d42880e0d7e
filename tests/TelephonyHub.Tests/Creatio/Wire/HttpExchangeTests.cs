using TelephonyHub.Creatio;
using TelephonyHub.Creatio.Wire;

namespace TelephonyHub.Tests.Creatio.Wire;

public sealed class HttpExchangeTests
{
    private static readonly CreatioRequest Write = new(HttpMethod.Post, new Uri("https://crm.example.com/0/odata/Contact"), "Contact") { Body = "{}"u8.ToArray(), IsWrite = true };

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ProxyTunnelError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.InvalidResponse, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public async Task Send_NetworkFault_MayHaveBeenAppliedOnlyIfAConnectionWasThere(HttpRequestError error, bool expected)
    {
        (await FailureAsync(Write, new HttpRequestException(error))).Should()
            .Match<CreatioException>(failure => failure.Failure == CreatioFailure.Transient && failure.MayHaveBeenApplied == expected);
    }

    [Fact]
    public async Task Send_NetworkFaultOfARead_WasNotApplied() =>
        (await FailureAsync(Write with { IsWrite = false }, new HttpRequestException(HttpRequestError.ResponseEnded))).MayHaveBeenApplied.Should().BeFalse();

    [Fact]
    public async Task Send_ClientsOwnTimeout_IsTransientAndNoCancellation() =>
        (await FailureAsync(Write, new TaskCanceledException("timeout", new TimeoutException()))).Should()
            .Match<CreatioException>(failure => failure.Failure == CreatioFailure.Transient && failure.MayHaveBeenApplied);

    private static async Task<CreatioException> FailureAsync(CreatioRequest request, Exception fault)
    {
        using var http = new HttpClient(new Faulty(fault));
        var exchange = new HttpExchange(http, TimeSpan.FromSeconds(30), TimeProvider.System);
        return (await FluentActions.Awaiting(() => exchange.SendAsync(request, session: null, CancellationToken.None)).Should().ThrowAsync<CreatioException>()).Which;
    }

    private sealed class Faulty(Exception fault) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(fault);
    }
}

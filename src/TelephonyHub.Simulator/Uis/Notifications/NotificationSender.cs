using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TelephonyHub.Simulator.Uis.Engine;

namespace TelephonyHub.Simulator.Uis.Notifications;

/// <param name="Body">null = GET, everything is in the URL</param>
internal sealed record OutgoingNotification(
    string Cabinet, string Mnemonic, long? SessionId, DateTimeOffset EventTime, Uri Url, string? Body, string ContentType)
{
    /// <summary>Counted from 1 within the session: chance must not depend on what other calls send meanwhile.</summary>
    public int Place { get; init; }
}

/// <summary>Delivers notifications, plays the delivery faults, and keeps the log that the cabinet calls `get.notifications`.</summary>
internal sealed class NotificationSender(HttpClient http, UisSimulatorOptions options, NotificationFaults faults, TimeProvider time, BackgroundWork background)
{
    private readonly ConcurrentQueue<SentNotification> _log = new();
    private readonly CancellationToken _stopping = background.Stopping;
    private int _counter;
    private long _sequence;

    public NotificationFaults Faults => faults;

    public IReadOnlyList<SentNotification> Log => [.. _log.OrderBy(sent => sent.Sequence)];

    public async Task SendAsync(OutgoingNotification notification)
    {
        if (IsLost(notification, Interlocked.Increment(ref _counter)))
        {
            _log.Enqueue(Entry(notification) with { Dropped = true });
            return;
        }

        var delay = faults.Delay + (faults.DelayJitter * Chance(notification, "delay"));
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, _stopping);
        }

        var copies = faults.Duplicates > 0 && Chance(notification, "duplicate") < faults.DuplicateShare ? faults.Duplicates : 0;
        for (var copy = 0; copy <= copies; copy++)
        {
            await DeliverAsync(notification);
        }
    }

    private async Task DeliverAsync(OutgoingNotification notification)
    {
        if (!await AttemptAsync(notification, attempt: 1) && faults.RedeliverAttempts > 0)
        {
            // Aside, so that the next notifications do not wait for a receiver that is down.
            background.Run(_ => RedeliverAsync(notification));
        }
    }

    private async Task RedeliverAsync(OutgoingNotification notification)
    {
        for (var attempt = 2; attempt - 2 < faults.RedeliverAttempts; attempt++)
        {
            await Task.Delay(faults.RedeliverInterval, time, _stopping);
            if (await AttemptAsync(notification, attempt))
            {
                return;
            }
        }
    }

    private async Task<bool> AttemptAsync(OutgoingNotification notification, int attempt)
    {
        var sent = await SendOnceAsync(notification, attempt);
        _log.Enqueue(sent);
        return sent.Status == 200;
    }

    private async Task<SentNotification> SendOnceAsync(OutgoingNotification notification, int attempt)
    {
        var entry = Entry(notification) with { Attempt = attempt };
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.NotificationTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping);
        using var request = new HttpRequestMessage(notification.Body is null ? HttpMethod.Get : HttpMethod.Post, notification.Url);
        if (notification.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(notification.Body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(notification.ContentType);
        }

        try
        {
            using var response = await http.SendAsync(request, linked.Token);
            var answer = await response.Content.ReadAsStringAsync(linked.Token);
            return entry with { Status = (int)response.StatusCode, Answer = answer, Elapsed = time.GetElapsedTime(started) };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && timeout.IsCancellationRequested))
        {
            // An unreachable or slow receiver is an outcome to record, not a fault of the stand-in.
            return entry with { Error = fault is OperationCanceledException ? "timeout" : fault.GetType().Name, Elapsed = time.GetElapsedTime(started) };
        }
    }

    private SentNotification Entry(OutgoingNotification notification) => new(
        Interlocked.Increment(ref _sequence), notification.Cabinet, notification.Mnemonic, notification.SessionId, notification.Url,
        notification.Body is null ? "GET" : "POST", notification.Body)
    {
        ContentType = notification.Body is null ? null : notification.ContentType,
        EventTime = notification.EventTime,
        SentAt = time.GetUtcNow(),
    };

    private bool IsLost(OutgoingNotification notification, int number) =>
        faults.LoseKinds.Contains(notification.Mnemonic)
        || faults.LoseNth.Contains(number)
        || (faults.LoseShare > 0 && Chance(notification, "loss") < faults.LoseShare);

    /// <summary>0 up to 1, the same for the same seed, session, place and purpose.</summary>
    private double Chance(OutgoingNotification notification, string purpose)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{faults.Seed}/{notification.SessionId}/{notification.Place}/{purpose}");
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) / (uint.MaxValue + 1.0);
    }
}

namespace TelephonyHub.Simulator.Uis.Notifications;

/// <summary>Notifications of one session, sent one after another; order faults hold them back until the session ends.</summary>
internal sealed class SessionOutbox(NotificationSender sender)
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingNotification> _held = [];
    private int _count;
    private Task _tail = Task.CompletedTask;

    public void Add(OutgoingNotification notification)
    {
        lock (_gate)
        {
            notification = notification with { Place = ++_count };
            if (sender.Faults.Order == NotificationOrder.AsHappened)
            {
                Append(notification);
            }
            else
            {
                _held.Add(notification);
            }
        }
    }

    public void ReleaseHeld()
    {
        lock (_gate)
        {
            OutgoingNotification[] held = [.. _held];
            _held.Clear();
            if (sender.Faults.Order == NotificationOrder.Shuffled && held.Length > 0)
            {
                // Seeded by the session, so that a failing test can be repeated.
                new Random(unchecked((sender.Faults.Seed * 486187739) + (int)held[0].SessionId.GetValueOrDefault())).Shuffle(held);
            }
            else
            {
                Array.Reverse(held);
            }

            foreach (var notification in held)
            {
                Append(notification);
            }
        }
    }

    /// <summary>Returns when everything added so far was sent.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        Task tail;
        lock (_gate)
        {
            tail = _tail;
        }

        await tail.WaitAsync(ct);
    }

    private void Append(OutgoingNotification notification) => _tail = SendAfterAsync(_tail, notification);

    private async Task SendAfterAsync(Task previous, OutgoingNotification notification)
    {
        // Off the caller's stack: sending must not run under the session's lock.
        await Task.Yield();
        await previous;
        await sender.SendAsync(notification);
    }
}

using TelephonyHub.Simulator.Creatio.Http;
using TelephonyHub.Simulator.Creatio.Schema;
using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Services;

/// <summary>Who has a browser open, and what is pushed to it (reference 5.2, 5.3).</summary>
internal sealed class Browsers(CreatioSimulatorOptions options, CreatioStore store, CrmJournal journal, TimeProvider time)
{
    // The job looks back that far for reminders that fell due (reference 5.2).
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, bool> _open = [];

    public void Set(Guid user, bool open)
    {
        lock (_gate)
        {
            _open[user] = open;
        }
    }

    /// <summary>True for an active user whose browser is open; unknown ids and roles have none.</summary>
    public bool IsOpen(Guid user)
    {
        bool open;
        lock (_gate)
        {
            open = _open.TryGetValue(user, out var set) ? set : options.BrowsersConnected;
        }

        return open && store.Find("SysAdminUnit", user) is { } row && row.Flag("Active") && row.Int("SysAdminUnitTypeValue") == 4;
    }

    public bool Notify(Guid user, string payload)
    {
        if (!IsOpen(user))
        {
            return false;
        }

        journal.Add(new DeliveredPopup(PopupSource.Notify, user, payload, time.GetUtcNow()));
        return true;
    }

    /// <summary>Pushes a saved reminder to the users of its contact.</summary>
    public void Remind(EntityDraft draft) => Remind(draft.Id, draft.Text, draft.Ref, draft.Time("RemindTime"));

    /// <summary>The job of every minute: sends reminders that fell due.</summary>
    public void SendDue()
    {
        var now = time.GetUtcNow();
        foreach (var row in store.Where("Reminding", row => row.Flag("IsNeedToSend") && row.Time("RemindTime") <= now && row.Time("RemindTime") > now - LookBack))
        {
            store.Update("Reminding", row.Id, ("IsNeedToSend", false));
            Remind(row.Id, row.Text, row.Ref, row.Time("RemindTime"));
        }
    }

    private void Remind(Guid id, Func<string, string> text, Func<string, Guid?> reference, DateTimeOffset? remindTime)
    {
        if (reference("ContactId") is not { } contact)
        {
            return;
        }

        var title = text("PopupTitle") is { Length: > 0 } popup ? popup : text("Description");
        var body = text("SubjectCaption");
        var entity = reference("SysEntitySchemaId") is { } schema ? store.Find("VwSysModuleEntity", schema)?.Text("Name") : null;
        var group = reference("NotificationTypeId") == CrmIds.RemindingNotification ? "Reminding" : "Notification";
        foreach (var user in store.By("SysAdminUnit", "ContactId", contact).Where(user => IsOpen(user.Id)))
        {
            var payload = CrmJson.Text(new
            {
                Counters = new Dictionary<string, int>(StringComparer.Ordinal) { [group] = 1 },
                Notifications = new[]
                {
                    new
                    {
                        Title = title,
                        Body = body,
                        EntityId = reference("SubjectId"),
                        EntitySchemaName = entity,
                        MessageId = id,
                        SysAdminUnit = user.Id,
                        GroupName = group,
                        RemindTime = remindTime,
                    },
                },
            });
            journal.Add(new DeliveredPopup(PopupSource.Reminding, user.Id, payload, time.GetUtcNow(), title, body, reference("SubjectId"), id));
        }
    }
}

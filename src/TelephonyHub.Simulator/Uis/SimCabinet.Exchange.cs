using System.Globalization;
using TelephonyHub.Simulator.Uis.Engine;
using TelephonyHub.Simulator.Uis.Notifications;

namespace TelephonyHub.Simulator.Uis;

/// <summary>What the exchange itself needs of the cabinet: who has a phone, what the clock says, where notifications go.</summary>
public sealed partial class SimCabinet
{
    internal CallSession? FindSession(long id) => _sessions.GetValueOrDefault(id);

    internal SimEmployee? FindEmployee(string phone) => Employees.FirstOrDefault(employee => employee.Owns(phone))
        ?? (SipLines.FirstOrDefault(line => string.Equals(line.PhoneNumber, phone, StringComparison.Ordinal)) is { } line
            ? Employees.FirstOrDefault(employee => employee.Id == line.EmployeeId)
            : null);

    internal SimGroup? FindGroup(long? id) => Options.Groups.FirstOrDefault(group => group.Id == id);

    internal bool OwnsNumber(string number) => Options.VirtualNumbers.Contains(number, StringComparer.Ordinal);

    /// <summary>Reason of section 2.3 why a phone does not even ring; null = it rings.</summary>
    internal string? WhyUnreachable(string phone, SimEmployee? employee)
    {
        if (SipLines.FirstOrDefault(line => string.Equals(line.PhoneNumber, phone, StringComparison.Ordinal)) is { } line)
        {
            if (!line.Active || !line.Registered)
            {
                return "sip_offline";
            }
        }
        else if (!SimPhone.IsPublic(phone) && employee is null)
        {
            // Neither a SIP line nor an extension of this cabinet: extensions do not cross cabinets.
            return "numb_not_exists";
        }

        return employee switch
        {
            null => null,
            _ when !employee.IsActive(phone) => "employee_phone_inactive",
            { Status: SimStatus.Break } => "employee_status_break",
            { Status: SimStatus.DoNotDisturb } => "employee_status_do_not_disturb",
            { Status: SimStatus.NotAtWorkplace } => "employee_status_not_at_workplace",
            { Status: SimStatus.NotAtWork } => "employee_status_not_at_work",
            _ => null,
        };
    }

    internal (long? Id, int Communication) RegisterContact(string? phone, string? fullName)
    {
        if (phone is null)
        {
            return (null, 1);
        }

        lock (_gate)
        {
            var number = _communications[phone] = _communications.GetValueOrDefault(phone) + 1;
            var contact = Book.Find(phone) ?? (fullName is null ? null : Book.Add(new SimContact(0, fullName, [phone])));
            return (contact?.Id, number);
        }
    }

    internal CallSession Add(SessionStart start)
    {
        var known = start.ContactFullName ?? (start.Contact is { } phone ? Book.Find(phone)?.FullName : null);
        var session = new CallSession(this, start with { ContactFullName = known });
        _sessions[session.Id] = session;
        return session;
    }

    internal SimScenario? ScenarioOf(string virtualNumber) => Options.ScenarioByNumber.TryGetValue(virtualNumber, out var id)
        ? id == 0 ? null : Scenarios.First(scenario => scenario.Id == id)
        : Scenarios.Count > 0 ? Scenarios[0] : null;

    /// <summary>What the cabinet's clock says; wrong by its skew.</summary>
    internal DateTimeOffset Skewed(DateTimeOffset instant) => instant + Faults.ClockSkew + TimeSpan.FromSeconds(Options.ClockSkewSeconds);

    internal void Notify(CallSession session, string mnemonic, EventFacts facts) =>
        Send(session.Outbox, mnemonic, session.Id, session.Now, NotificationVariables.Of(session, mnemonic, facts, Simulator.Milliseconds));

    /// <summary>Account zone, no offset: what every date on the wire looks like.</summary>
    internal string WireTime(DateTimeOffset instant, bool milliseconds) => TimeZoneInfo.ConvertTime(Skewed(instant), _zone)
        .ToString(milliseconds ? "yyyy-MM-dd HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal CallSession StartIncoming(IncomingCall call, Upstream? upstream = null)
    {
        if (!OwnsNumber(call.To))
        {
            throw new ArgumentException($"Cabinet {Key} has no such virtual number.", nameof(call));
        }

        var session = Add(new SessionStart("in", "va", call.To, call.From, call.StartedAt ?? Simulator.Time.GetUtcNow())
        {
            ContactFullName = call.ContactFullName,
            Scenario = ScenarioOf(call.To),
            Recorded = call.Recorded,
            Upstream = upstream,
        });
        session.Begin();
        return session;
    }

    private static IReadOnlyList<SimScenario> DefaultScenario(SimCabinetOptions options)
    {
        var group = options.FallbackGroupId ?? (options.Groups.Count > 0 ? options.Groups[0].Id : 0);
        return [SimScenario.Hook(options.AppId * 10, "Основной сценарий", group, options.ReturnedCodes)];
    }

    private void Send(SessionOutbox outbox, string mnemonic, long? sessionId, DateTimeOffset at, Dictionary<string, object?> values)
    {
        if (Options.EventsUrl is not { } url || Options.Templates.Find(mnemonic, Options.NotificationMethod) is not { } template)
        {
            return;
        }

        var faults = Simulator.Faults.Notifications;
        var parts = new List<string>(2);
        if (Options.AppendEventToUrl)
        {
            parts.Add("event=" + mnemonic);
        }

        var isGet = string.Equals(Options.NotificationMethod, "GET", StringComparison.OrdinalIgnoreCase);
        if (isGet)
        {
            parts.Add(TemplateRenderer.Query(template, values, faults, Options.GetValues));
        }

        outbox.Add(new OutgoingNotification(
            Key, mnemonic, sessionId, at, UrlParts.Append(url, parts),
            isGet ? null : TemplateRenderer.Body(template, values, faults),
            faults.ContentType ?? Options.NotificationContentType));
    }
}

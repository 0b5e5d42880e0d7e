using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TelephonyHub.Cabinets;
using TelephonyHub.Calls;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Storage;

namespace TelephonyHub.Sync;

/// <summary>
/// Employees who take calls and have no active user in the CRM, and phones that calls are taken on and that are nobody's: nothing can be theirs. Said as a cause in <c>/health/ready</c> on every replica, also after a
/// restart, and withdrawn by itself once they are mapped. By their ids, phones masked: the page is open to everybody.
/// </summary>
internal sealed partial class UnmappedEmployees(HubDatabase database, DirectoryService directory, HealthRegister health, TimeProvider time, ILogger<UnmappedEmployees> logger) : BackgroundService
{
    internal const string Cause = "employees without CRM user";
    private const int MostNamed = 10;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Who took no call for so long is no trouble any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>Tells a phone from an employee's id.</summary>
    private const string PhoneMark = ":#";

    /// <summary>As it is kept with the call: <c>cabinet:employee</c>, or <c>cabinet:#number</c> where no employee is known.</summary>
    public static string Written(CabinetKey cabinet, Participant who) =>
        who.EmployeeId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{cabinet}:{id}") : $"{cabinet}{PhoneMark}{PhoneNumber.TryParse(who.Number)?.E164 ?? who.Number!.Trim()}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        var managers = directory.Managers;
        if (!managers.Managers.Any(m => m.CanOwn))
        {
            // The CRM's users are not read yet: all would look unmapped.
            return;
        }

        var since = time.GetUtcNow() - Remembered;
        await using var context = database.CreateContext();
        var seen = await context.Calls.AsNoTracking().Where(c => c.UnmappedEmployee != null && c.StartedAt >= since).Select(c => c.UnmappedEmployee!).Distinct().ToListAsync(ct);
        var left = seen.Where(e => !IsMapped(e, managers)).Order(StringComparer.Ordinal).ToList();
        if (left.Count == 0)
        {
            health.Mend(Cause);
            return;
        }

        var names = string.Join(", ", left.Take(MostNamed).Select(Shown)) + (left.Count > MostNamed ? ", …" : "");
        health.Ail(
            Cause,
            string.Create(CultureInfo.InvariantCulture, $"{left.Count} took or missed calls and can own nothing: {names}. Give them a user in the CRM with the same e-mail, or map them (Managers__n__ContactId); a phone must stand with an employee of a cabinet or a user of the CRM. See /api/v1/managers/unmatched."));
    }

    private static string Shown(string written) =>
        written.Split(PhoneMark, 2) is [var cabinet, var number] ? $"{cabinet} phone {PhoneNumber.TryParse(number)?.Masked ?? number}" : written;

    private static bool IsMapped(string employee, ManagerDirectory managers)
    {
        if (employee.Split(PhoneMark, 2) is [var cabinet, var number])
        {
            return managers.ByNumber(CabinetKey.Parse(cabinet), number) is { CanOwn: true };
        }

        var key = SessionKey.Parse(employee); // the same form: cabinet:number
        return managers.ByEmployee(key.Cabinet, key.Id) is { CanOwn: true };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Employees without a CRM user could not be looked for.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

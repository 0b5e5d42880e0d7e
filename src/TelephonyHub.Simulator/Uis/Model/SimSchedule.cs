namespace TelephonyHub.Simulator.Uis;

/// <summary>Working hours as get.schedules lists them.</summary>
public sealed record SimSchedule(long Id, string Name, IReadOnlyList<int> DaysOfWeek, string From, string Till)
{
    public static IReadOnlyList<SimSchedule> All { get; } = [new(31, "Рабочее время", [1, 2, 3, 4, 5], "09:00:00", "18:00:00")];
}

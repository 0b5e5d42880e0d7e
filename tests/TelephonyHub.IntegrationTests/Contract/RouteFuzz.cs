using System.Globalization;

namespace TelephonyHub.IntegrationTests.Contract;

/// <summary>Questions whom to ring.</summary>
public sealed class RouteFuzz(int seed) : RequestFuzz(seed)
{
    private static readonly string[] Fields = ["call_session_id", "cdr_id", "numa", "numb", "start_time", "input_result", "direction", "app_id"];

    private static readonly string[] Callers = [RouteWorld.NinasClient, RouteWorld.BorissAccount, RouteWorld.Stranger, "+7 (903) 555-00-01", "8903 555 00 01", "anonymous", "", "None"];

    private static readonly string[] Digits = ["None", "", "1", "4", "9", "12", "*", "#", "null"];

    protected override IReadOnlyList<(string Name, string Value)> FieldsOf()
    {
        var fields = new List<(string, string)>();

        // Few sessions: questions that repeat and contradict each other meet in one chain.
        Add(Random.Next(2) == 0 ? "call_session_id" : "cdr_id", (810_000_000 + Random.Next(12)).ToString(CultureInfo.InvariantCulture));
        Add("numa", Pick(Callers));
        Add("numb", Random.Next(2) == 0 ? TelephonyHub.Simulator.Uis.SimulatorCompany.MoscowNumber : TelephonyHub.Simulator.Uis.SimulatorCompany.CommonNumber);
        Add("input_result", Pick(Digits));
        for (var n = Random.Next(6); n > 0; n--)
        {
            fields.Add((Random.Next(12) == 0 ? Value() : Pick(Fields), Value()));
        }

        return [.. fields.OrderBy(_ => Random.Next())];

        void Add(string name, string value)
        {
            if (Random.Next(6) > 0)
            {
                fields.Add((name, value));
            }
        }
    }
}

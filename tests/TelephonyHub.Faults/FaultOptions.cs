using System.Globalization;

namespace TelephonyHub.Faults;

/// <summary>What the command line asks for. <c>--help</c> prints the same words.</summary>
public sealed record FaultOptions
{
    public const string Help = """
        dotnet run -c Release --project tests/TelephonyHub.Faults -- [options]
          --long           10 000 calls a fault, real waiting times, a fresh world for each fault
          --calls N        calls a fault (default: 40, with --long 10 000)
          --seed N         of the load and of all chance (default: 20261125)
          --only TEXT      only faults whose name contains this; may be repeated
          --worlds LIST    of sqlite, pg1, pg3 (default: all three)
          --brief          on SQLite only the faults of the process and its file: the rest is the same code there
          --write          the rows go to docs/faults.md, too

        HUB_PUBLISHED=<folder of a published hub> starts that one instead of the build beside the runner.
        """;

    public bool Long { get; init; }

    public int Calls { get; init; }

    public int Seed { get; init; } = 20261125;

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Worlds { get; init; } = [];

    public bool Write { get; init; }

    public bool Brief { get; init; }

    /// <returns>Null when help was asked for, or the line is wrong.</returns>
    public static FaultOptions? Parse(IReadOnlyList<string> arguments)
    {
        var (options, only) = (new FaultOptions(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (int?)null;
            switch (arguments[i])
            {
                case "--long":
                    options = options with { Long = true };
                    break;
                case "--write":
                    options = options with { Write = true };
                    break;
                case "--brief":
                    options = options with { Brief = true };
                    break;
                case "--calls" when number is > 0:
                    options = options with { Calls = number.Value };
                    i++;
                    break;
                case "--seed" when number is not null:
                    options = options with { Seed = number.Value };
                    i++;
                    break;
                case "--only" when value.Length > 0:
                    only.Add(value);
                    i++;
                    break;
                case "--worlds" when value.Split(',').All(w => w is "sqlite" or "pg1" or "pg3"):
                    options = options with { Worlds = value.Split(',') };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options with
        {
            Only = only,
            Calls = options.Calls > 0 ? options.Calls : options.Long ? 10_000 : 40,
            Worlds = options.Worlds.Count > 0 ? options.Worlds : ["sqlite", "pg1", "pg3"],
        };
    }

    public bool Wants(Fault fault) => Only.Count == 0 || Only.Any(o => fault.Name.Contains(o, StringComparison.OrdinalIgnoreCase));
}

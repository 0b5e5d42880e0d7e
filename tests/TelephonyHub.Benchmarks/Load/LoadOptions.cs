using System.Globalization;

namespace TelephonyHub.Benchmarks.Load;

/// <param name="Scenarios">Names of <see cref="LoadRun.Scenarios"/>; empty = all.</param>
/// <param name="Seconds">How long each load lasts.</param>
/// <param name="Numbers">Numbers in the CRM for the routing scenario.</param>
/// <param name="Journal">Calls in the journal for the growth scenario.</param>
/// <param name="Write">Also into artifacts/benchmarks.md.</param>
internal sealed record LoadOptions(IReadOnlyList<string> Scenarios, int Seconds, int Numbers, int Journal, bool Write)
{
    /// <summary>Print what PostgreSQL spent its time on.</summary>
    public bool Statements { get; init; }

    /// <summary>Whole calls a second; null = what the target asks for.</summary>
    public int? Rate { get; init; }

    /// <summary>How long the soak lasts.</summary>
    public int SoakSeconds { get; init; } = 1_800;

    /// <summary>Leave out what the hub is compared with.</summary>
    public bool Alone { get; init; }

    public static LoadOptions Parse(string[] arguments)
    {
        var options = new LoadOptions([], 20, 1_000_000, 5_000_000, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--seconds" => options with { Seconds = Number(arguments[++i]) },
                "--numbers" => options with { Numbers = Number(arguments[++i]) },
                "--journal" => options with { Journal = Number(arguments[++i]) },
                "--statements" => options with { Statements = true },
                "--rate" => options with { Rate = Number(arguments[++i]) },
                "--soak" => options with { SoakSeconds = Number(arguments[++i]) },
                "--alone" => options with { Alone = true },
                "--write" => options with { Write = true },
                var name => options with { Scenarios = [.. options.Scenarios, name] },
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}

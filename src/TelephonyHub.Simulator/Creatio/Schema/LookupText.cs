namespace TelephonyHub.Simulator.Creatio.Schema;

/// <summary>Reads lookup rows: an entity line, then indented <c>guid | name | Column=value, …</c> lines.</summary>
internal static class LookupText
{
    public sealed record LookupRow(string Entity, Guid Id, string Name, IReadOnlyDictionary<string, string> Values);

    public static IEnumerable<LookupRow> Parse(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var entity = "";
            foreach (var line in text.Split('\n'))
            {
                if (!line.StartsWith(' '))
                {
                    entity = line.Trim();
                    continue;
                }

                var parts = line.Split(" | ", StringSplitOptions.TrimEntries);
                var values = parts.Length < 3
                    ? []
                    : parts[2].Split(", ").Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
                yield return new LookupRow(entity, Guid.Parse(parts[0]), parts[1], values);
            }
        }
    }
}

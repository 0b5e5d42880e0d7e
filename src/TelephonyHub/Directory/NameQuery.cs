namespace TelephonyHub.Directory;

/// <summary>A part of a name as a person types it: every word must occur, whatever its case and order; ё is е.</summary>
public readonly struct NameQuery
{
    private readonly string[] _words;

    public NameQuery(string text) => _words = Folded(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A single letter stands in every name.</summary>
    public bool SaysSomething => Array.Exists(_words, w => w.Length > 1);

    public bool Fits(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return false;
        }

        var folded = Folded(name);
        return Array.TrueForAll(_words, word => folded.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string Folded(string text) => text.Replace('ё', 'е').Replace('Ё', 'Е');
}

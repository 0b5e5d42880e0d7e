using System.Text;

namespace TelephonyHub.Storage;

/// <summary>Text as a column takes it. One that does not fails its whole transaction, again and again.</summary>
public static class DbText
{
    /// <param name="text">Whatever was received.</param>
    /// <param name="most">Longest result, in UTF-16 units; an index takes only some kilobytes.</param>
    /// <returns>Without NUL (PostgreSQL refuses it) and without halves of surrogate pairs (UTF-8 cannot hold them), also where the cut would leave one.</returns>
    public static string? Of(string? text, int most = int.MaxValue)
    {
        if (text is null)
        {
            return null;
        }

        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        if (clean.Length > most)
        {
            clean = clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)];
        }

        return clean.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) : clean;
    }
}

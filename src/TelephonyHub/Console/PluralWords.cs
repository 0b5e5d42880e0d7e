namespace TelephonyHub.Console;

/// <summary>A noun after a number.</summary>
/// <param name="EnOne">1 call</param>
/// <param name="EnMany">2 calls</param>
/// <param name="RuOne">1, 21, 101 звонок</param>
/// <param name="RuFew">2, 3, 4, 22 звонка</param>
/// <param name="RuMany">0, 5–20, 25 звонков</param>
public sealed record PluralWords(string EnOne, string EnMany, string RuOne, string RuFew, string RuMany)
{
    public string For(long n, bool russian)
    {
        var (tens, ones) = (Math.Abs(n) % 100, Math.Abs(n) % 10);
        return !russian ? (n == 1 ? EnOne : EnMany)
            : tens is >= 11 and <= 14 ? RuMany
            : ones == 1 ? RuOne
            : ones is >= 2 and <= 4 ? RuFew
            : RuMany;
    }
}

namespace TelephonyHub.Simulator.Creatio;

/// <summary>One Russian number in the spellings that people type into cards.</summary>
public static class TypedNumbers
{
    /// <summary><c>8 (999) 123-45-67</c></summary>
    /// <param name="e164">A Russian number, <c>+7XXXXXXXXXX</c>.</param>
    public static string WithEight(string e164) => Format("8 ({0}) {1}-{2}-{3}", e164);

    /// <summary><c>+7 999 123-45-67</c></summary>
    /// <param name="e164">A Russian number, <c>+7XXXXXXXXXX</c>.</param>
    public static string WithPlus(string e164) => Format("+7 {0} {1}-{2}-{3}", e164);

    /// <summary><c>79991234567</c></summary>
    /// <param name="e164">A Russian number, <c>+7XXXXXXXXXX</c>.</param>
    public static string Bare(string e164) => Format("7{0}{1}{2}{3}", e164);

    /// <summary><c>8 (999) 123-45-67 доб. 101</c>: its search number begins with the reversed extension.</summary>
    /// <param name="e164">A Russian number, <c>+7XXXXXXXXXX</c>.</param>
    /// <param name="extension">Digits of the extension.</param>
    public static string WithExtension(string e164, string extension) => $"{WithEight(e164)} доб. {extension}";

    private static string Format(string pattern, string e164) => e164 is ['+', '7', _, _, _, _, _, _, _, _, _, _]
        ? string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, e164[2..5], e164[5..8], e164[8..10], e164[10..12])
        : throw new ArgumentException("Not a Russian number in E.164.", nameof(e164));
}

using System.Globalization;

namespace TelephonyHub.Demo;

/// <summary>Lines on the console: one per step, time first. Colours only where a person looks.</summary>
public sealed class DemoOutput(TextWriter writer, bool colours)
{
    public void Line(string text) => writer.WriteLine(text);

    public void Blank() => writer.WriteLine();

    public void Heading(string text)
    {
        writer.WriteLine();
        writer.WriteLine(Paint("1", text));
    }

    /// <param name="at">When it happened, local time.</param>
    /// <param name="who">Cabinet key.</param>
    /// <param name="subject">At most ten characters: what kind of step.</param>
    /// <param name="text">What happened.</param>
    public void Step(DateTimeOffset at, string who, string subject, string text) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {at.ToLocalTime():HH:mm:ss.fff}  {who}  {Paint(ColourOf(subject), subject.PadRight(10))}  {text}"));

    public void Verdict(bool good, string text) => writer.WriteLine($"{(good ? Paint("32", "✓") : Paint("31", "✗"))} {text}");

    private static string ColourOf(string subject) => subject switch
    {
        "UIS asks" or "hub says" or "because" => "36",
        "card" => "35",
        "CRM" => "33",
        _ => "90",
    };

    private string Paint(string code, string text) => colours ? $"\u001b[{code}m{text}\u001b[0m" : text;
}

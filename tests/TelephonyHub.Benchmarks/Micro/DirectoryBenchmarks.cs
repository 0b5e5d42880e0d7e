using System.Globalization;
using BenchmarkDotNet.Attributes;
using TelephonyHub.Directory;

namespace TelephonyHub.Benchmarks.Micro;

/// <summary>Looking a number up among a million.</summary>
[MemoryDiagnoser]
public class DirectoryBenchmarks
{
    private const int Numbers = 1_000_000;
    private readonly ClientDirectory _directory = new();
    private readonly PhoneNumber _known = NumberOf(765_432);
    private readonly PhoneNumber _unknown = PhoneNumber.Parse("+74951112233");

    [GlobalSetup]
    public void Setup()
    {
        foreach (var n in Enumerable.Range(0, Numbers))
        {
            _directory.Put(new ClientCandidate { CommunicationId = IdOf(1, n), ContactId = IdOf(2, n), Number = NumberOf(n), Name = "Клиент", Primary = true });
        }
    }

    [Benchmark]
    public object Known() => _directory.Find(_known);

    [Benchmark]
    public object Unknown() => _directory.Find(_unknown);

    [Benchmark]
    public object? ParseNumber() => PhoneNumber.TryParse("+7 (920) 076-54-32");

    private static PhoneNumber NumberOf(int n) => PhoneNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"+7920{n:D7}"));

    private static Guid IdOf(int kind, int n) => new(n, (short)kind, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

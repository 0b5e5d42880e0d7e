using System.Globalization;
using TelephonyHub.Directory;

namespace TelephonyHub.Tests.Directory;

/// <summary>
/// What the replica takes in memory. The measure is the heap of the whole process, so these tests run when no other does: what others keep
/// in the meantime would be counted, too.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ClientDirectorySizeTests
{
    [Fact]
    public void AMillionNumbers_TakeAtMost120Megabytes()
    {
        const int Numbers = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var directory = new ClientDirectory();
        var owners = Enumerable.Range(0, 300).Select(i => Id(9, i)).ToArray();
        for (var i = 0; i < Numbers; i++)
        {
            // Four of five have one number, the fifth bears two; nobody shares a name.
            var contact = i % 6 == 5 ? i - 1 : i;
            directory.Put(new ClientCandidate
            {
                CommunicationId = Id(5, i),
                Number = PhoneNumber.OfDigits(79_000_000_000 + (i * 7L)),
                ContactId = Id(6, contact),
                AccountId = Id(7, contact / 3),
                Name = string.Create(CultureInfo.InvariantCulture, $"Иванов Иван И. {contact}"),
                OwnerContactId = owners[contact % owners.Length],
                ContactTypeId = owners[0],
                ModifiedOn = DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + i),
            });
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        directory.Count.Should().Be(Numbers);
        directory.Find(PhoneNumber.OfDigits(79_000_000_000 + (777_777 * 7L))).Should().ContainSingle().Which.Name.Should().EndWith("777777");
        (taken / 1_000_000.0).Should().BeLessThan(120, "megabytes");
        directory.NumbersOf(known: null, Id(6, 4)).Should().HaveCount(2);
    }

    private static Guid Id(int kind, int n) => new(kind, (short)(n >> 16), (short)n, 1, 2, 3, 4, (byte)(n * 31), (byte)(n >> 3), (byte)(n >> 11), 8);

    /// <summary>Tests that no other test may run beside.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}

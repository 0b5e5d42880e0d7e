using System.Globalization;
using CsCheck;
using TelephonyHub.Directory;

namespace TelephonyHub.Tests.Directory;

/// <summary>The replica in columns behaves as a plain list of candidates would.</summary>
public sealed class ClientDirectoryTests
{
    private static readonly Gen<ClientCandidate> Candidate =
        from id in Gen.Int[0, 40]
        from number in Gen.Int[0, 15]
        from who in Gen.Int[0, 12]
        from owner in Gen.Int[0, 3]
        from name in Gen.OneOf(Gen.Const("Иванов"), Gen.Const("Ivanov"), Gen.Const("Œuvre ∑"), Gen.Const(""))
        from flags in Gen.Int[0, 7]
        select new ClientCandidate
        {
            CommunicationId = Id(1, id),
            Number = PhoneNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"+7916000{number:D4}")),
            ContactId = who % 3 == 0 ? null : Id(2, who),
            AccountId = who % 3 == 0 ? Id(3, who) : null,
            OwnerContactId = owner == 0 ? null : Id(4, owner),
            Name = name,
            Primary = (flags & 1) != 0,
            NonActual = (flags & 2) != 0,
            FoundBySearch = (flags & 4) != 0,
        };

    [Fact]
    public void AnySequence_OfPutsReplacesAndRemovals_IsAPlainListOfCandidates()
    {
        Gen.Select(Candidate, Gen.Int[0, 9]).Array[0, 200].Sample(
            steps =>
            {
                var directory = new ClientDirectory();
                var model = new Dictionary<Guid, ClientCandidate>();
                foreach (var (candidate, what) in steps)
                {
                    if (what == 0)
                    {
                        directory.Remove(candidate.CommunicationId);
                        model.Remove(candidate.CommunicationId);
                    }
                    else if (what == 1)
                    {
                        directory.Replace(candidate.Number, [candidate]);
                        foreach (var gone in model.Values.Where(c => c.Number == candidate.Number && c.FoundBySearch && c.CommunicationId != candidate.CommunicationId).ToList())
                        {
                            model.Remove(gone.CommunicationId);
                        }

                        Put(model, candidate);
                    }
                    else
                    {
                        directory.Put(candidate);
                        Put(model, candidate);
                    }
                }

                directory.Count.Should().Be(model.Count);
                foreach (var group in Enumerable.Range(0, 16).Select(n => PhoneNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"+7916000{n:D4}"))))
                {
                    directory.Find(group).Should().BeEquivalentTo(model.Values.Where(c => c.Number == group).Select(c => c with { Name = c.Name is "" ? null : c.Name }));
                }

                foreach (var contact in Enumerable.Range(0, 13).Select(who => Id(2, who)))
                {
                    var numbers = model.Values.Where(c => c.ContactId == contact).Select(c => c.Number).Distinct().ToList();
                    directory.NumbersOf(known: null, contact).Should().BeEquivalentTo(numbers);
                    foreach (var known in numbers)
                    {
                        directory.NumbersOf(known, contact).Should().BeEquivalentTo(numbers, "what is known already is only found sooner");
                    }
                }
            },
            iter: 300);
    }

    private static void Put(Dictionary<Guid, ClientCandidate> model, ClientCandidate candidate)
    {
        model[candidate.CommunicationId] = candidate;

        // What belongs to the contact or account is the same under each of its numbers.
        foreach (var (id, other) in model.Where(m => m.Value.ContactId == candidate.ContactId && (candidate.ContactId is not null || m.Value.AccountId == candidate.AccountId)).ToList())
        {
            model[id] = other with { Name = candidate.Name, OwnerContactId = candidate.OwnerContactId, AccountId = candidate.AccountId };
        }
    }

    private static Guid Id(int kind, int n) => new(kind, (short)(n >> 16), (short)n, 1, 2, 3, 4, (byte)(n * 31), (byte)(n >> 3), (byte)(n >> 11), 8);
}

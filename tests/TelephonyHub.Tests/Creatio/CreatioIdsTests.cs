using System.Reflection;
using TelephonyHub.Creatio;

namespace TelephonyHub.Tests.Creatio;

public sealed class CreatioIdsTests
{
    [Fact]
    public void Ids_OfOneLookup_AreAllDifferentAndSet()
    {
        foreach (var lookup in typeof(CreatioIds).GetNestedTypes(BindingFlags.Public))
        {
            var ids = lookup.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Guid)field.GetValue(null)!).ToList();

            ids.Should().NotBeEmpty().And.OnlyHaveUniqueItems(lookup.Name).And.NotContain(Guid.Empty, lookup.Name);
        }
    }

    [Fact]
    public void Ids_NamedByTheContract_AreThose() =>
        (CreatioIds.ActivityResult.NoAnswer, CreatioIds.FileType.Link, CreatioIds.CallDirection.Incoming, CreatioIds.Schema.Contact).Should().Be((
            new Guid("5f0704a8-1749-4f65-98d8-458e7563a23c"),
            new Guid("539bc2f8-0ee0-df11-971b-001d60e938c6"),
            new Guid("1d96a65f-2131-4916-8825-2d142b1000b2"),
            new Guid("16be3651-8fe2-4159-8dd0-a803d4683dd3")));
}

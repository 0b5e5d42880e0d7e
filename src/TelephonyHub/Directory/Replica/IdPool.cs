namespace TelephonyHub.Directory.Replica;

/// <summary>Ids of which there are few (owners, types): two bytes each.</summary>
internal sealed class IdPool
{
    private readonly List<Guid> _ids = [Guid.Empty];
    private readonly Dictionary<Guid, ushort> _places = [];

    public ushort Put(Guid? id)
    {
        if (id is not { } known)
        {
            return 0;
        }

        if (!_places.TryGetValue(known, out var place))
        {
            // 65 535 owners are a CRM that is not one; such a client counts as one without owner.
            if (_ids.Count > ushort.MaxValue)
            {
                return 0;
            }

            place = (ushort)_ids.Count;
            _ids.Add(known);
            _places[known] = place;
        }

        return place;
    }

    public Guid? Get(ushort place) => place == 0 ? null : _ids[place];
}

using System.Collections.Frozen;
using System.Xml;

namespace TelephonyHub.Creatio.Wire;

/// <summary>Columns of every entity from <c>$metadata</c> (1.4 MB, reference 1.2), read at most once an hour.</summary>
internal sealed class EntityColumns(CreatioPipeline pipeline, CreatioEndpoints endpoints, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);

    /// <summary>Not asked again at once after a failure: the answer is big and the question comes with every write.</summary>
    private static readonly TimeSpan KeepFailureFor = TimeSpan.FromMinutes(1);

    private static readonly FrozenSet<string> NoColumns = FrozenSet<string>.Empty;

    private readonly SemaphoreSlim _one = new(1);
    private FrozenDictionary<string, FrozenSet<string>>? _columns;
    private DateTimeOffset _askAgainAt = DateTimeOffset.MinValue;

    public async Task<IReadOnlySet<string>?> OfAsync(string entity, CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (time.GetUtcNow() >= _askAgainAt)
            {
                // Older knowledge is kept when it cannot be renewed.
                var read = await ReadAsync(ct).ConfigureAwait(false);
                _columns = read ?? _columns;
                _askAgainAt = time.GetUtcNow() + (read is null ? KeepFailureFor : KeepFor);
            }

            return _columns?.GetValueOrDefault(entity, NoColumns);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    internal static FrozenDictionary<string, FrozenSet<string>>? Parse(byte[] xml)
    {
        var own = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            HashSet<string>? current = null;
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName is "EntityType" or "ComplexType")
                {
                    current = null;
                }
                else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "EntityType" && reader.GetAttribute("Name") is { } name)
                {
                    if (reader.GetAttribute("BaseType") is { } parent)
                    {
                        parents[name] = parent[(parent.LastIndexOf('.') + 1)..];
                    }

                    var isClosed = reader.IsEmptyElement;
                    own[name] = new HashSet<string>(StringComparer.Ordinal);
                    current = isClosed ? null : own[name];
                }
                else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Property" && reader.GetAttribute("Name") is { } column)
                {
                    current?.Add(column);
                }
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return own.Count == 0 ? null : own.Keys.ToFrozenDictionary(name => name, name => WithInherited(name, own, parents), StringComparer.Ordinal);
    }

    private static FrozenSet<string> WithInherited(string name, Dictionary<string, HashSet<string>> own, Dictionary<string, string> parents)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? step = name; step is not null && seen.Add(step); step = parents.GetValueOrDefault(step))
        {
            columns.UnionWith(own.GetValueOrDefault(step) ?? []);
        }

        return columns.ToFrozenSet(StringComparer.Ordinal);
    }

    private async Task<FrozenDictionary<string, FrozenSet<string>>?> ReadAsync(CancellationToken ct)
    {
        try
        {
            var request = new CreatioRequest(HttpMethod.Get, endpoints.Metadata, "$metadata") { Accept = "application/xml", NeedsJson = false };
            var reply = await pipeline.SendAsync(request, ct).ConfigureAwait(false);
            return Parse(reply.Body);
        }
        catch (CreatioException)
        {
            // The pipeline has logged it; without metadata the hub goes on with the columns it knows.
            return null;
        }
    }
}

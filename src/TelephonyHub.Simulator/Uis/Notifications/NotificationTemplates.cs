using System.Collections.Frozen;

namespace TelephonyHub.Simulator.Uis;

/// <summary>Texts of the notifications by event mnemonic (section 3.4). An event without a text is not configured and not sent.</summary>
public sealed class NotificationTemplates
{
    private readonly FrozenDictionary<string, string> _post;
    private readonly FrozenDictionary<string, string> _get;

    public NotificationTemplates(IReadOnlyDictionary<string, string> post, IReadOnlyDictionary<string, string> get)
    {
        _post = post.ToFrozenDictionary(StringComparer.Ordinal);
        _get = get.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What an untouched notification sends: nested JSON for POST, flat pairs for GET with the vendor's slips.</summary>
    public static NotificationTemplates Default { get; } = new(DefaultTemplates.Post, DefaultTemplates.Get);

    /// <summary>Planfix's flat variant, eight events (section 3.4.1).</summary>
    public static NotificationTemplates Flat { get; } = FlatTemplates.Build(FlatTemplates.Planfix);

    /// <summary>Flat, with event, account, both numbers and legs in every body: what an integration should set up.</summary>
    public static NotificationTemplates Recommended { get; } = FlatTemplates.Build(FlatTemplates.Recommended);

    public IEnumerable<string> Mnemonics => _post.Keys;

    public string? Find(string mnemonic, string method) =>
        (string.Equals(method, "GET", StringComparison.OrdinalIgnoreCase) ? _get : _post).GetValueOrDefault(mnemonic);

    /// <summary>The same set with one text replaced, for both methods; null switches the event off.</summary>
    public NotificationTemplates With(string mnemonic, string? template)
    {
        var post = new Dictionary<string, string>(_post, StringComparer.Ordinal);
        var get = new Dictionary<string, string>(_get, StringComparer.Ordinal);
        post.Remove(mnemonic);
        get.Remove(mnemonic);
        if (template is not null)
        {
            post[mnemonic] = template;
            get[mnemonic] = template;
        }

        return new NotificationTemplates(post, get);
    }
}

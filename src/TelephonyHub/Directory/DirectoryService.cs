using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using TelephonyHub.Creatio;
using TelephonyHub.Creatio.OData;
using TelephonyHub.Hosting;

namespace TelephonyHub.Directory;

/// <summary>How sure an answer about a number is.</summary>
public enum ClientKnowledge
{
    /// <summary>Found in the replica or by asking.</summary>
    Known,

    /// <summary>The CRM was asked and knows no such number.</summary>
    Unknown,

    /// <summary>Not in the replica, and the CRM could not be asked in time.</summary>
    NotAsked,
}

/// <param name="Client">Null unless <see cref="ClientKnowledge.Known"/>.</param>
/// <param name="Note">Why it could not be asked, for the explanation.</param>
public sealed record ClientAnswer(Client? Client, ClientKnowledge Knowledge, string? Note = null);

/// <summary>
/// The directory's public face: who a number is, who a manager is. Answers from memory; a number that is not in the replica is asked live within a
/// budget behind a circuit breaker, and the answer is put into the replica.
/// </summary>
public sealed class DirectoryService
{
    private const int MostAtOnce = 64;

    private readonly ICreatioClient _crm;
    private readonly ResiliencePipeline _live;

    // Only numbers that several contacts bear: few.
    private volatile ConcurrentDictionary<PhoneNumber, Guid> _chosen = new();
    private volatile ManagerDirectory _managers = ManagerDirectory.Empty;
    private volatile PhoneTypes _phoneTypes = PhoneTypes.Unknown;

    public DirectoryService(ICreatioClient crm, HubSettings settings, TimeProvider time)
    {
        _crm = crm;
        _live = new ResiliencePipelineBuilder { TimeProvider = time }

            // Bulkhead: callers who all ask a CRM that hangs must not pile up connections and memory.
            .AddConcurrencyLimiter(MostAtOnce)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Open after a few faults in a row: while the CRM hangs, each caller would wait the whole budget for nothing.
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(5),
                ShouldHandle = new PredicateBuilder().Handle<CreatioException>().Handle<TimeoutRejectedException>().Handle<HttpRequestException>(),
            })
            .AddTimeout(settings.Routing.CrmBudget)
            .Build();
    }

    public ClientDirectory Clients { get; } = new();

    public ManagerDirectory Managers
    {
        get => _managers;
        set => _managers = value;
    }

    /// <summary>What counts as a phone in the CRM.</summary>
    public PhoneTypes PhoneTypes
    {
        get => _phoneTypes;
        set => _phoneTypes = value;
    }

    /// <summary>A row of the CRM as a number that counts; null where it is no phone's.</summary>
    public ClientCandidate? CandidateOf(CreatioRow row) => CrmQueries.ToCandidate(row, PhoneTypes);

    /// <summary>From memory only.</summary>
    public Client? Find(PhoneNumber number) =>
        ClientChooser.Choose(Clients.Find(number), number, Managers, ChosenFor(number));

    /// <summary>Numbers under which the same client is known, this one among them: he calls from his mobile and is called back at his desk. From memory only.</summary>
    public IReadOnlyList<PhoneNumber> NumbersOfSameClient(PhoneNumber number)
    {
        if (Find(number) is not { } client)
        {
            return [number];
        }

        var who = client.ContactId ?? client.AccountId;
        return
        [
            number,
            .. Clients.NumbersOf(number, new[] { client.ContactId, client.AccountId }.OfType<Guid>())
                .Where(n => n != number && Find(n) is { } other && (other.ContactId ?? other.AccountId) == who),
        ];
    }

    /// <summary>Several contacts that the number itself cannot tell apart; one or none where nothing is to be decided.</summary>
    public IReadOnlyList<ClientCandidate> RivalsFor(PhoneNumber number) => ClientChooser.Rivals(Clients.Find(number), number, Managers);

    /// <summary>All rows of a number, of which the answer may hold the first page only.</summary>
    internal async Task<IReadOnlyList<CreatioRow>> AllOfAsync(ODataQuery query, BatchPartAnswer first, CancellationToken ct) =>
        first.HasMore ? await _crm.QueryAllAsync(query, ct).Take(CrmQueries.MostOfOneNumber).ToListAsync(ct) : first.Rows;

    /// <summary>What was asked live about a number.</summary>
    /// <param name="contacts">All rows of contacts.</param>
    /// <param name="accounts">All rows of accounts.</param>
    internal void Take(PhoneNumber number, IReadOnlyList<CreatioRow> contacts, IReadOnlyList<CreatioRow> accounts) => Clients.Replace(
        number,
        [.. contacts.Concat(accounts).Select(CandidateOf).OfType<ClientCandidate>().Where(c => c.Number == number)],
        complete: contacts.Count < CrmQueries.MostOfOneNumber && accounts.Count < CrmQueries.MostOfOneNumber);

    /// <summary>Which of the rivals is meant; null where nobody has decided.</summary>
    internal Guid? ChosenFor(PhoneNumber number) => _chosen.TryGetValue(number, out var chosen) ? chosen : null;

    internal void Choose(PhoneNumber number, Guid? contact)
    {
        if (contact is { } meant)
        {
            _chosen[number] = meant;
        }
        else
        {
            _chosen.TryRemove(number, out _);
        }
    }

    internal void TakeChoices(IEnumerable<KeyValuePair<PhoneNumber, Guid>> chosen) => _chosen = new(chosen);

    /// <summary>From memory, else by asking within <c>Routing:CrmBudgetMs</c>. Never throws for a fault of the CRM.</summary>
    public async Task<ClientAnswer> FindOrAskAsync(PhoneNumber number, CancellationToken ct)
    {
        if (Find(number) is { } known)
        {
            return new ClientAnswer(known, ClientKnowledge.Known);
        }

        try
        {
            var (contacts, accounts) = await _live.ExecuteAsync(async token => await AskAsync(number, token), ct);
            Take(number, contacts, accounts);
            var client = Find(number);
            return new ClientAnswer(client, client is null ? ClientKnowledge.Unknown : ClientKnowledge.Known);
        }
        catch (BrokenCircuitException)
        {
            return new ClientAnswer(null, ClientKnowledge.NotAsked, "circuit open");
        }
        catch (RateLimiterRejectedException)
        {
            return new ClientAnswer(null, ClientKnowledge.NotAsked, "too many questions at once");
        }
        catch (TimeoutRejectedException)
        {
            return new ClientAnswer(null, ClientKnowledge.NotAsked, "timeout");
        }
        catch (CreatioException e)
        {
            return new ClientAnswer(null, ClientKnowledge.NotAsked, e.Failure.ToString());
        }
    }

    private async Task<(IReadOnlyList<CreatioRow> Contacts, IReadOnlyList<CreatioRow> Accounts)> AskAsync(PhoneNumber number, CancellationToken ct)
    {
        var contacts = ReadAsync(CrmQueries.ContactsByNumber(number));
        var accounts = ReadAsync(CrmQueries.AccountsByNumber(number));
        await Task.WhenAll(contacts, accounts);
        return (await contacts, await accounts);

        Task<List<CreatioRow>> ReadAsync(ODataQuery query) => _crm.QueryAllAsync(query, ct).Take(CrmQueries.MostOfOneNumber).ToListAsync(ct).AsTask();
    }
}

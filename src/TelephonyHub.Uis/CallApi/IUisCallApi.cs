namespace TelephonyHub.Uis.CallApi;

/// <summary>
/// Call API v4.0 (reference 1; vendor's pages: <see href="https://comagic.github.io/call_api/"/>). Everything but <c>list.*</c> goes out exactly once; after <see cref="UisFailure.Unknown"/> the effect is looked up
/// by <c>external_id</c> or <see cref="ListCallsAsync"/>. A session id means that the PBX took the job, not that anybody answered.
/// </summary>
public interface IUisCallApi
{
    /// <summary><c>start.employee_call</c> (reference 1.7): contact and employee.</summary>
    /// <returns>Session.</returns>
    Task<long> StartEmployeeCallAsync(StartEmployeeCall call, CancellationToken cancellationToken = default);

    /// <summary><c>start.simple_call</c> (reference 1.7): contact and any number.</summary>
    /// <returns>Session.</returns>
    Task<long> StartSimpleCallAsync(StartSimpleCall call, CancellationToken cancellationToken = default);

    /// <summary><c>start.scenario_call</c> (reference 1.7): runs a scenario for a contact.</summary>
    /// <returns>Session.</returns>
    Task<long> StartScenarioCallAsync(StartScenarioCall call, CancellationToken cancellationToken = default);

    /// <summary><c>start.vnumber_call</c> (reference 1.7): as a call to the virtual number.</summary>
    /// <returns>Session.</returns>
    Task<long> StartVirtualNumberCallAsync(StartVirtualNumberCall call, CancellationToken cancellationToken = default);

    /// <summary><c>start.informer_call</c> (reference 1.7): plays a message and hangs up.</summary>
    /// <returns>Session.</returns>
    Task<long> StartInformerCallAsync(StartInformerCall call, CancellationToken cancellationToken = default);

    /// <summary><c>release.call</c> (reference 1.8): ends the session.</summary>
    Task ReleaseAsync(long callSessionId, CancellationToken cancellationToken = default);

    /// <summary><c>hold.call</c> (reference 1.8); only while talking.</summary>
    Task HoldAsync(long callSessionId, UisMessage contactMessage, CancellationToken cancellationToken = default);

    /// <summary><c>unhold.call</c> (reference 1.8); only while on hold.</summary>
    Task UnholdAsync(long callSessionId, CancellationToken cancellationToken = default);

    /// <summary><c>make.call</c> (reference 1.8): rings a third party; only after <see cref="HoldAsync"/>.</summary>
    /// <param name="callSessionId">Session.</param>
    /// <param name="to">Extension, E.164 digits, employee's number or SIP number.</param>
    /// <param name="toMessage">Prompt to the third party.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task MakeCallAsync(long callSessionId, string to, UisMessage? toMessage = null, CancellationToken cancellationToken = default);

    /// <summary><c>transfer.talk</c> (reference 1.8): connects contact and third party; right after <see cref="MakeCallAsync"/> it is a blind transfer.</summary>
    Task TransferAsync(long callSessionId, CancellationToken cancellationToken = default);

    /// <summary><c>restore.talk</c> (reference 1.8): back to the contact, the third party leaves.</summary>
    Task RestoreAsync(long callSessionId, CancellationToken cancellationToken = default);

    /// <summary><c>disconnect.leg</c> (reference 1.8); dropping the contact's leg ends the session.</summary>
    Task DisconnectLegAsync(long callSessionId, long legId, CancellationToken cancellationToken = default);

    /// <summary><c>record.call</c> (reference 1.8).</summary>
    Task RecordAsync(long callSessionId, bool on, CancellationToken cancellationToken = default);

    /// <summary><c>add.coach</c> (reference 1.8).</summary>
    /// <param name="callSessionId">Session.</param>
    /// <param name="phoneNumber"><see langword="null"/> = coach of the employee's settings.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task AddCoachAsync(long callSessionId, string? phoneNumber = null, CancellationToken cancellationToken = default);

    /// <summary><c>block.contact</c> (reference 1.8): blacklists the contact during a talk.</summary>
    Task BlockContactAsync(long callSessionId, CancellationToken cancellationToken = default);

    /// <summary><c>tag.call</c> (reference 1.8); live calls only.</summary>
    Task TagAsync(long callSessionId, long tagId, CancellationToken cancellationToken = default);

    /// <summary><c>send.dtmf</c> (reference 1.8): one symbol of <c>0-9 * #</c>.</summary>
    Task SendDtmfAsync(long callSessionId, char symbol, CancellationToken cancellationToken = default);

    /// <summary><c>call.talk_option</c> (reference 1.8): presses a talk option's button.</summary>
    Task CallTalkOptionAsync(long callSessionId, string button, CancellationToken cancellationToken = default);

    /// <summary><c>list.talk_options</c> (reference 1.8).</summary>
    Task<IReadOnlyList<UisTalkOption>> ListTalkOptionsAsync(
        UisPriority priority = UisPriority.Background, CancellationToken cancellationToken = default);

    /// <summary><c>list.calls</c> (reference 1.8): the calls of this moment.</summary>
    /// <param name="direction"><c>in</c>, <c>out</c> or both.</param>
    /// <param name="virtualPhoneNumber">Starts with 7.</param>
    /// <param name="priority">Who goes first when points are short.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<UisLiveCall>> ListCallsAsync(
        string? direction = null, string? virtualPhoneNumber = null, UisPriority priority = UisPriority.Background,
        CancellationToken cancellationToken = default);
}

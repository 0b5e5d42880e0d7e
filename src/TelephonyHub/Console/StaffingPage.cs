using Microsoft.AspNetCore.Components;
using MudBlazor;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Drafts;
using TelephonyHub.Console.Texts;
using TelephonyHub.Directory;
using TelephonyHub.Hosting;
using TelephonyHub.Staffing;

namespace TelephonyHub.Console;

/// <summary>A page of one kind of documents of who works when: the list, and one of them being edited.</summary>
public abstract class StaffingPage<T> : ConsolePage
    where T : class
{
    private static readonly IReadOnlyDictionary<string, string[]> NoFaults = new Dictionary<string, string[]>(StringComparer.Ordinal);

    [Inject]
    protected StaffingEditor Editor { get; set; } = default!;

    [Inject]
    protected HubAccess Access { get; set; } = default!;

    [Inject]
    protected HubSettings Settings { get; set; } = default!;

    [Inject]
    protected DirectoryService Directory { get; set; } = default!;

    [Inject]
    protected IDialogService Dialogs { get; set; } = default!;

    public IReadOnlyList<StaffingDocument<T>> Documents { get; private set; } = [];

    public StaffingDraft<T>? Draft { get; private set; }

    /// <summary>What somebody else has saved meanwhile.</summary>
    public StaffingDocument<T>? Newer { get; private set; }

    public IReadOnlyDictionary<string, string[]> Faults { get; private set; } = NoFaults;

    /// <summary>Somebody else took it away meanwhile.</summary>
    public bool IsGone { get; private set; }

    protected IEnumerable<CabinetSettings> Cabinets =>
        Settings.Cabinets.Values.Where(c => Access.Sees(c.Key.Value)).OrderBy(c => c.RegionDigit ?? '9').ThenBy(c => c.Key.Value, StringComparer.Ordinal);

    protected override async Task LoadAsync(CancellationToken ct) => Documents = await Editor.ListAsync<T>(Access, ct);

    public void Begin(StaffingDraft<T> draft) => (Draft, Newer, Faults, IsGone) = (draft, null, NoFaults, false);

    public void TakeTheirs() => Begin(DraftOf(Newer!));

    public Task EndAsync()
    {
        Draft = null;
        return ReloadAsync();
    }

    public Task SaveOverAsync()
    {
        Draft!.Rebase(Newer);
        return SaveAsync();
    }

    public async Task SaveAsync()
    {
        if (Draft is not { } draft || !await MayAsync(HubPolicies.Operate))
        {
            return;
        }

        var faults = new DraftFaults(Text);
        var value = draft.ToValue(Text, faults);
        var edit = faults.All.Count > 0 ? new StaffingEdit<T>(false, faults.All) : await Editor.PutAsync(draft.Key, value, draft.Seen?.Version, User, Gone);
        await ShowAsync(edit, SetupTexts.Saved);
    }

    public async Task DeleteAsync()
    {
        if (Draft?.Seen is { } seen && await MayAsync(HubPolicies.Operate)
            && await Dialogs.ShowMessageBoxAsync(T(StaffingTexts.Delete), T(StaffingTexts.DeleteAsk), yesText: T(StaffingTexts.Delete), cancelText: T(CommonTexts.Cancel)) == true)
        {
            await ShowAsync(await Editor.DeleteAsync(seen, User, Gone), StaffingTexts.Deleted);
        }
    }

    protected abstract StaffingDraft<T> DraftOf(StaffingDocument<T> document);

    protected string NameOf(Guid contact) => Directory.Managers.ByContact(contact)?.Name ?? contact.ToString();

    /// <summary>The cabinet whose clock counts for a manager.</summary>
    protected string CityOf(string contact) => Guid.TryParse(contact, out var id) && Directory.Managers.ByContact(id)?.HomeCabinet is { } home ? home.Value : Text.Home;

    private async Task ShowAsync(StaffingEdit<T> edit, Words done)
    {
        (Newer, Faults, IsGone) = (edit.Newer, edit.Faults ?? NoFaults, edit.Gone);
        if (edit.Done)
        {
            Snackbar.Add(T(done), Severity.Success);
            await EndAsync();
        }
    }
}

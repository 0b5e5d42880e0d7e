using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using TelephonyHub.Cabinets;
using TelephonyHub.Console.Texts;

namespace TelephonyHub.Console;

/// <summary>
/// A page that reads something, shows it, says when it cannot be read, and reads again when it has changed. What its buttons do is guarded as a whole:
/// a page says what could not be done, and lives on.
/// </summary>
public abstract partial class ConsolePage : ComponentBase, IHandleEvent, IDisposable
{
    /// <summary>Longer than a good message: it tells what to do now.</summary>
    private const int FailureShownMs = 12_000;

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private bool _reading;
    private bool _again;

    [Inject]
    protected ConsoleText Text { get; set; } = default!;

    [Inject]
    protected ConsoleFeed Feed { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [Inject]
    private ILogger<ConsolePage> Logger { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = default!;

    /// <summary>Something was read once: there is something to show.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Why the newest state is not shown; null when all is well.</summary>
    public Words? Fault { get; private set; }

    /// <summary>Who looks.</summary>
    protected ClaimsPrincipal User { get; private set; } = new();

    /// <summary>May change things: buttons that do are shown to him only, and what they do asks again.</summary>
    protected bool MayOperate { get; private set; }

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Also read at the slow beat, because what it shows changes without a row changing.</summary>
    protected virtual bool ReadsAtBeat => false;

    /// <summary>False while a person edits what it shows.</summary>
    protected virtual bool ReadsOnChange => true;

    /// <summary>Reads what the page shows; nothing where it shows only what is in memory.</summary>
    protected virtual Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    protected string T(Words words) => Text.Of(words);

    protected string T(Words words, params object?[] values) => Text.Of(words, values);

    protected override async Task OnInitializedAsync()
    {
        User = (await SignedIn).User;
        MayOperate = (await Authorization.AuthorizeAsync(User, Hosting.HubPolicies.Operate)).Succeeded;
        _following = Feed.Follow(changed =>
        {
            if (Fault is not null || (changed && ReadsOnChange) || ReadsAtBeat)
            {
                _ = InvokeAsync(ReloadAsync);
            }
        });
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!IsLoaded)
        {
            // SQLite answers in the calling thread: without it nothing at all would be painted before the rows are there.
            await Task.Yield();
        }

        await ReloadAsync();
    }

    /// <summary>Reads now; asked for while it reads, it reads once more afterwards.</summary>
    protected async Task ReloadAsync()
    {
        _again = true;
        if (_reading)
        {
            return;
        }

        _reading = true;
        while (_again && !_gone.IsCancellationRequested)
        {
            _again = false;
            await ReadOnceAsync();
            StateHasChanged();
        }

        _reading = false;
    }

    /// <summary>For what a button does: refused to who may not, whatever the page shows.</summary>
    protected async Task<bool> MayAsync(string policy) => (await Authorization.AuthorizeAsync(User, policy)).Succeeded;

    /// <summary>
    /// Every click and every change of a field comes through here, whichever page or part of one it is for. An exception that left it would end the
    /// circuit: a dead page that says nothing.
    /// </summary>
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        try
        {
            var doing = item.InvokeAsync(arg);
            if (!doing.IsCompleted)
            {
                StateHasChanged();
            }

            await doing;
        }
        catch (Exception) when (_gone.IsCancellationRequested)
        {
            // The page was left: nobody waits for what was broken off with it.
        }
        catch (Exception e)
        {
            LogNotDone(Logger, GetType().Name, e);
            Snackbar.Add(T(CommonTexts.CannotDo), Severity.Error, o => o.VisibleStateDuration = FailureShownMs);
        }

        StateHasChanged();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _following?.Dispose();
            _gone.Cancel();
            _gone.Dispose();
        }
    }

    private async Task ReadOnceAsync()
    {
        try
        {
            await LoadAsync(_gone.Token);
            (IsLoaded, Fault) = (true, null);
        }
        catch (Exception) when (_gone.IsCancellationRequested)
        {
            // The page was left: nobody waits for the answer.
        }
        catch (Exception e)
        {
            LogFailed(Logger, GetType().Name, e);
            Fault = CommonTexts.CannotRead;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Page} of the console could not read; it tries again.")]
    private static partial void LogFailed(ILogger logger, string page, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Page} of the console could not do what somebody asked for.")]
    private static partial void LogNotDone(ILogger logger, string page, Exception exception);
}

using System.Net;
using System.Text.RegularExpressions;
using TelephonyHub.Uis;

namespace TelephonyHub.Cabinets;

/// <summary>Whether a cabinet lets the hub in.</summary>
public enum CabinetAccess
{
    /// <summary>Not asked yet, or UIS did not answer.</summary>
    Unknown,

    Ok,

    /// <summary>The key is not known to UIS.</summary>
    Invalid,

    /// <summary>The key is past its end date.</summary>
    Expired,

    /// <summary>The key was blocked.</summary>
    Blocked,

    /// <summary>The key's user lacks a permission.</summary>
    Forbidden,

    /// <summary>This server's address is not in the account's allow-list.</summary>
    AddressNotAllowed,

    /// <summary>The account itself is switched off.</summary>
    AccountInactive,
}

/// <summary>What a cabinet refused, in words that say what to do.</summary>
/// <param name="Category">The adapter's category, in camel case.</param>
/// <param name="Mnemonic">The vendor's, or the adapter's own.</param>
/// <param name="Method">Method of the API.</param>
public sealed partial record CabinetFault(string Category, string Mnemonic, string? Method, Words Words, DateTimeOffset At)
{
    /// <summary>What it says of the key; null when it says nothing (time-out, points).</summary>
    public CabinetAccess? Access => Mnemonic switch
    {
        "access_token_invalid" or "auth_error" => CabinetAccess.Invalid,
        "access_token_expired" => CabinetAccess.Expired,
        "access_token_blocked" => CabinetAccess.Blocked,
        "ip_not_whitelisted" => CabinetAccess.AddressNotAllowed,
        "account_inactive" => CabinetAccess.AccountInactive,
        "forbidden" => CabinetAccess.Forbidden,
        _ => null,
    };

    /// <summary>An option that the account has not bought: it will not come by asking again.</summary>
    public bool ComponentMissing => Mnemonic is "component_disabled" or "method_component_disabled" or "parameter_component_disabled" or "tariff_restrictions";

    public static CabinetFault Of(Exception e, DateTimeOffset at)
    {
        if (e is not UisApiException api)
        {
            return new CabinetFault("unknown", e.GetType().Name, null, new Words($"The import failed: {e.GetType().Name}.", $"Импорт не удался: {e.GetType().Name}."), at);
        }

        var category = api.Failure.ToString();
        return new CabinetFault(char.ToLowerInvariant(category[0]) + category[1..], api.Mnemonic, api.Method, WordsOf(api), at);
    }

    private static Words WordsOf(UisApiException e) => e.Mnemonic switch
    {
        "ip_not_whitelisted" => new Words(
            $"UIS refuses this server's address{AddressIn(e)}: add it in the cabinet under 'Аккаунт → Правила и настройки безопасности → API' (Account → Security rules and settings → API).",
            $"UIS не пускает адрес этого сервера{AddressIn(e)}: добавьте его в кабинете, «Аккаунт → Правила и настройки безопасности → API»."),
        "access_token_invalid" => new Words(
            "UIS does not know the access key: it is wrong, was deleted, or belongs to another host (uiscom.ru, comagic.ru). Make a new one in the user's settings, 'Доступ по ключу', and set Cabinets__<key>__AccessToken.",
            "UIS не знает этот ключ доступа: он неверный, удалён или от другого хоста (uiscom.ru, comagic.ru). Создайте новый в настройках пользователя, «Доступ по ключу», и впишите его в Cabinets__<key>__AccessToken."),
        "access_token_expired" => new Words(
            "The access key is past its end date. Make a new one in the user's settings, 'Доступ по ключу'.",
            "Срок действия ключа доступа истёк. Создайте новый в настройках пользователя, «Доступ по ключу»."),
        "access_token_blocked" => new Words(
            "The access key is blocked in the cabinet. Unblock it in the user's settings, 'Доступ по ключу', or make a new one.",
            "Ключ доступа заблокирован в кабинете. Разблокируйте его в настройках пользователя, «Доступ по ключу», или создайте новый."),
        "auth_error" => new Words("UIS refuses login or password: mend Cabinets__<key>__Login and Cabinets__<key>__Password.", "UIS не принимает логин или пароль: исправьте Cabinets__<key>__Login и Cabinets__<key>__Password."),
        "forbidden" => new Words(
            $"The key's user lacks the right for {e.Method}: give him «Доступ к Data API» and «Доступ к Call API» and the sections' view rights.",
            $"У пользователя ключа нет права на {e.Method}: дайте ему «Доступ к Data API», «Доступ к Call API» и просмотр разделов."),
        "account_inactive" => new Words("The account is switched off at UIS: ask UIS's support, or see whether it is paid.", "Аккаунт отключён в UIS: проверьте оплату или обратитесь в поддержку UIS."),
        "limit_exceeded" or "points_exhausted" => new Words(
            "The cabinet's API points are used up for now; the hub goes on when they come back. What was imported before goes on serving.",
            "Баллы API кабинета пока исчерпаны; хаб продолжит, когда они вернутся. До тех пор служит то, что загружено раньше."),
        "component_disabled" or "method_component_disabled" or "parameter_component_disabled" or "tariff_restrictions" => new Words(
            $"The account has not bought the component that {e.Method} needs.",
            $"В аккаунте не подключён компонент, который нужен для {e.Method}."),
        "timeout" => new Words("UIS did not answer in time.", "UIS не ответил вовремя."),
        "connection" => new Words("UIS cannot be reached.", "UIS недоступен по сети."),
        _ => new Words(e.Message, $"Ошибка UIS в {e.Method}: {e.Mnemonic}."),
    };

    /// <summary>The vendor's text names our own address, which is what the administrator has to copy. Nothing else of the text is used.</summary>
    private static string AddressIn(UisApiException e) =>
        e.VendorMessage is { } text && Address().Match(text) is { Success: true } match && IPAddress.TryParse(match.Value, out var ip) ? $" ({ip})" : "";

    [GeneratedRegex(@"(\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Address();
}

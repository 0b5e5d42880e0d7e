namespace TelephonyHub.Uis.JsonRpc;

/// <summary>Retry is decided by the method, never by the HTTP verb: everything is a POST.</summary>
internal static class UisMethods
{
    internal const string Login = "login.user";

    internal static bool MayRepeat(string method) =>
        method.StartsWith("get.", StringComparison.Ordinal)
        || method.StartsWith("getobj.", StringComparison.Ordinal)
        || method.StartsWith("list.", StringComparison.Ordinal)
        || method is Login;
}

namespace TelephonyHub.Uis.DataApi;

/// <summary>Numbers as the PBX writes them.</summary>
public static class UisPhones
{
    /// <summary>Cuts a post-dial or extension tail: <c>74959268686...9.2.3.3</c> is <c>74959268686</c> (reference 6.22).</summary>
    /// <param name="phoneNumber">Number as sent.</param>
    /// <returns>Number without tail; <see langword="null"/> for nothing.</returns>
    public static string? WithoutTail(string? phoneNumber)
    {
        if (string.IsNullOrWhiteSpace(phoneNumber))
        {
            return null;
        }

        var tail = phoneNumber.IndexOf('.', StringComparison.Ordinal);
        var number = (tail < 0 ? phoneNumber : phoneNumber[..tail]).Trim();
        return number.Length == 0 ? null : number;
    }
}

using System.Globalization;
using PhoneNumbers;

namespace TelephonyHub.Directory;

/// <summary>A number that could be parsed, in E.164 with the plus: <c>+79991234567</c>. What cannot be parsed stays a raw string beside it.</summary>
public readonly record struct PhoneNumber
{
    private const string HomeRegion = "RU";
    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberOfflineGeocoder Geocoder = PhoneNumberOfflineGeocoder.GetInstance();

    private PhoneNumber(string e164) => E164 = e164;

    public string E164 { get; }

    /// <summary>As UIS spells and dials it: digits only, <c>7XXXXXXXXXX</c>.</summary>
    public string Digits => E164[1..];

    /// <summary>The last ten digits: the same for <c>8 999…</c>, <c>+7 999…</c> and <c>999…</c>.</summary>
    public string LastTen => Digits.Length > 10 ? Digits[^10..] : Digits;

    /// <summary>For people: <c>+7 999 123-45-67</c>.</summary>
    public string Display => Util.Format(ToProto(), PhoneNumberFormat.INTERNATIONAL);

    /// <summary>For logs: never the whole number.</summary>
    public string Masked => $"{E164[..2]}***{E164[^2..]}";

    /// <summary>Eight-hundred numbers belong to no town.</summary>
    public bool IsTollFree => Util.GetNumberType(ToProto()) == PhoneNumberType.TOLL_FREE;

    /// <summary>
    /// Parses what people and systems write: <c>8 (999) 123-45-67</c>, <c>7999…</c>, ten digits, a PBX tail (<c>7495…...2345</c>), an extension.
    /// Only the length is checked, not the numbering plan: a client must not be lost because a plan is newer than the library.
    /// </summary>
    public static PhoneNumber? TryParse(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > 100)
        {
            return null;
        }

        // UIS appends post-dial digits after three dots (reference 5.3); they are no part of the number.
        var tail = raw.IndexOf("...", StringComparison.Ordinal);
        var text = tail > 0 ? raw[..tail] : raw;
        try
        {
            var proto = Util.Parse(text, HomeRegion);
            return Util.IsPossibleNumberWithReason(proto) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? new PhoneNumber(Util.Format(proto, PhoneNumberFormat.E164))
                : null;
        }
        catch (NumberParseException)
        {
            return null; // the library's way to say "no number": the caller keeps the raw text
        }
    }

    /// <summary>The number as a number; E.164 has at most fifteen digits and begins with none that is zero.</summary>
    public long ToDigits() => long.Parse(E164.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The reverse of <see cref="ToDigits"/>.</summary>
    public static PhoneNumber OfDigits(long digits) => new(string.Create(CultureInfo.InvariantCulture, $"+{digits}"));

    public static PhoneNumber Parse(string raw) => TryParse(raw) ?? throw new FormatException("Not a phone number.");

    /// <summary>The town of a landline number as the offline geocoder names it; null for mobiles and where only a country is known.</summary>
    public string? Town(string language = "en")
    {
        var proto = ToProto();
        if (Util.GetNumberType(proto) is PhoneNumberType.MOBILE or PhoneNumberType.TOLL_FREE)
        {
            return null;
        }

        var town = Geocoder.GetDescriptionForNumber(proto, new Locale(language, HomeRegion));
        return string.IsNullOrEmpty(town) || town is "Russia" or "Россия" ? null : town;
    }

    public override string ToString() => E164;

    private PhoneNumbers.PhoneNumber ToProto() => Util.Parse(E164, HomeRegion);
}

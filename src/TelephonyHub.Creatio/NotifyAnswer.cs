namespace TelephonyHub.Creatio;

/// <summary>What became of a card (reference 5.3).</summary>
/// <param name="Delivered">Number of the users asked for who have a browser open and got the message.</param>
/// <param name="Running">Whether the message channel of the server runs at all.</param>
/// <param name="PackageAbsent">True when the service answered 404: the package is not installed in this Creatio.</param>
public sealed record NotifyAnswer(int Delivered, bool Running, bool PackageAbsent);

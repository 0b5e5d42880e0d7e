namespace TelephonyHub.Cabinets;

/// <summary>A sentence for people, in the two languages of the console. Never holds a client's number or a secret.</summary>
public sealed record Words(string En, string Ru);

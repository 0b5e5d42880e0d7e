namespace TelephonyHub.Hosting;

/// <summary>An edit goes with what its maker has seen: two people who edit the same thing do not undo each other unseen.</summary>
internal static class ETags
{
    public static string Of(string version) => $"\"{version}\"";

    /// <param name="ifMatch">The request's header.</param>
    /// <param name="current">The thing's ETag now.</param>
    /// <param name="what">For people: <c>user</c>.</param>
    /// <returns>428 without the header, 412 when somebody else was faster; null: go on.</returns>
    public static IResult? Refuse(string ifMatch, string current, string what) =>
        ifMatch.Length == 0
            ? Results.Problem(statusCode: StatusCodes.Status428PreconditionRequired, title: $"Send If-Match with the {what}'s ETag: somebody else may be changing it, too.")
            : ifMatch == "*" || ifMatch.Split(',').Any(m => m.Trim() == current) ? null : Changed(what);

    public static IResult Changed(string what) => Results.Problem(statusCode: StatusCodes.Status412PreconditionFailed, title: $"The {what} was changed meanwhile. Read it again.");
}

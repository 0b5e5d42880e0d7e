namespace TelephonyHub.Storage;

/// <summary>
/// What a transaction has to say of the rows of sessions. Said with its last statement and in one order: a changed row is locked until the commit, and intake, which
/// marks the same rows, would wait that long before it can acknowledge an event.
/// </summary>
public sealed class SessionMarks
{
    private readonly Dictionary<(string Cabinet, long Session), Mark> _marks = [];

    /// <summary>Another one's place or plan may have changed by this transaction.</summary>
    public void FoldAgain(string cabinet, long session) => _marks[(cabinet, session)] = _marks.GetValueOrDefault((cabinet, session)) with { Again = true };

    /// <param name="cabinet">With <paramref name="session"/>: which.</param>
    /// <param name="session">Of the cabinet.</param>
    /// <param name="version">Of its events, as they were read.</param>
    /// <param name="planDueAt">When it is to be planned; null = not by time.</param>
    /// <param name="planned">A plan was made.</param>
    /// <param name="error">Why it could not be folded.</param>
    internal void Folded(string cabinet, long session, long version, DateTimeOffset? planDueAt, bool planned, string? error) =>
        _marks[(cabinet, session)] = _marks.GetValueOrDefault((cabinet, session)) with { Version = version, PlanDueAt = planDueAt, Planned = planned, Error = DbText.Of(error) };

    internal void Clear() => _marks.Clear();

    internal async Task WriteAsync(HubDatabase database, HubDbContext context, CancellationToken ct)
    {
        if (_marks.Count == 0)
        {
            return;
        }

        var marks = _marks.ToList();
        if (database.IsPostgres)
        {
            await using var command = HubDatabase.Command(context, """
                WITH mark AS (
                    SELECT m.* FROM unnest(@cabinet, @session, @again, @version, @due::timestamptz[], @planned, @error) AS m (cabinet, session, again, version, due, planned, error)
                    JOIN sessions s ON s.cabinet = m.cabinet AND s.session_id = m.session
                    ORDER BY m.cabinet, m.session FOR UPDATE OF s)
                UPDATE sessions SET
                    dirty_version = dirty_version + again,
                    folded_version = coalesce(version, folded_version),
                    plan_due_at = CASE WHEN version IS NULL THEN plan_due_at ELSE due END,
                    planned = CASE WHEN version IS NULL THEN sessions.planned ELSE mark.planned END,
                    fold_error = CASE WHEN version IS NULL THEN fold_error ELSE error END
                FROM mark WHERE sessions.cabinet = mark.cabinet AND sessions.session_id = mark.session
                """)
                .With("@cabinet", marks.ConvertAll(m => m.Key.Cabinet))
                .With("@session", marks.ConvertAll(m => m.Key.Session))
                .With("@again", marks.ConvertAll(m => m.Value.Again ? 1L : 0L))
                .With("@version", marks.ConvertAll(m => m.Value.Version))
                .With("@due", marks.ConvertAll(m => m.Value.PlanDueAt?.UtcDateTime))
                .With("@planned", marks.ConvertAll(m => m.Value.Planned))
                .With("@error", marks.ConvertAll(m => m.Value.Error));
            await command.ExecuteNonQueryAsync(ct);
            return;
        }

        foreach (var ((cabinet, session), mark) in marks)
        {
            await WriteOneAsync(context, cabinet, session, mark, ct);
        }
    }

    private static async Task WriteOneAsync(HubDbContext context, string cabinet, long session, Mark mark, CancellationToken ct)
    {
        await using var command = HubDatabase.Command(context, mark.Version is null
            ? "UPDATE sessions SET dirty_version = dirty_version + @again WHERE cabinet = @cabinet AND session_id = @session"
            : "UPDATE sessions SET dirty_version = dirty_version + @again, folded_version = @version, plan_due_at = @due, planned = @planned, fold_error = @error WHERE cabinet = @cabinet AND session_id = @session")
            .With("@cabinet", cabinet)
            .With("@session", session)
            .With("@again", mark.Again ? 1L : 0L);
        if (mark.Version is { } version)
        {
            command.With("@version", version)
                .With("@due", mark.PlanDueAt is { } at ? SqliteInstant.ToMicroseconds(at) : null)
                .With("@planned", mark.Planned)
                .With("@error", mark.Error);
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private readonly record struct Mark(bool Again, long? Version, DateTimeOffset? PlanDueAt, bool Planned, string? Error);
}

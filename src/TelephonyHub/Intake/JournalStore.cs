using System.Data.Common;
using System.Globalization;
using System.Text;
using TelephonyHub.Calls;
using TelephonyHub.Storage;

namespace TelephonyHub.Intake;

/// <summary>
/// Inserts a batch into journal and quarantine and marks the sessions dirty, in one transaction.
/// </summary>
public sealed class JournalStore(HubDatabase database)
{
    private static readonly string[] EventColumns =
        ["cabinet", "session_id", "kind", "source", "occurred_at", "received_at", "content_key", "facts", "method", "content_type", "query", "body"];

    private static readonly string[] QuarantineColumns =
        ["cabinet", "received_at", "content_key", "reason", "method", "content_type", "query", "body"];

    /// <summary>
    /// A batch in one statement whose text never changes, so that the server plans it once: arrays instead of thousands of parameters, and the sessions are
    /// marked by what was really inserted.
    /// </summary>
    private const string AppendToPostgres = $"""
        WITH stored AS (
            INSERT INTO events (cabinet, session_id, kind, source, occurred_at, received_at, content_key, facts, method, content_type, query, body)
            SELECT * FROM unnest(@cabinet, @session_id, @kind, @source, @occurred_at, @received_at, @content_key, @facts, @method, @content_type, @query, @body)
            ON CONFLICT (cabinet, content_key) DO NOTHING
            RETURNING cabinet, session_id),
        marked AS (
            INSERT INTO sessions (cabinet, session_id, dirty_version, folded_version, planned)
            SELECT DISTINCT cabinet, session_id, 1, 0, false FROM stored WHERE session_id IS NOT NULL ORDER BY cabinet, session_id
            ON CONFLICT (cabinet, session_id) DO UPDATE SET dirty_version = sessions.dirty_version + 1)
        SELECT pg_notify('{WakeUp.Channel}', '{WakeUp.Fold}')
        """;

    public Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        // Every batch in the order of its unique key: two replicas that insert the same events in opposite orders would deadlock.
        var ordered = entries
            .DistinctBy(e => (e.Cabinet, e.ContentKey))
            .OrderBy(e => e.Cabinet, StringComparer.Ordinal)
            .ThenBy(e => e.ContentKey, StringComparer.Ordinal)
            .ToList();
        var events = ordered.FindAll(e => e.QuarantineReason is null);
        var strange = ordered.FindAll(e => e.QuarantineReason is not null);
        if (strange.Count == 0 && database.IsPostgres)
        {
            return events.Count == 0 ? Task.CompletedTask : database.ExecuteAsync(AppendToPostgres, c => AddArrays(c, events.ConvertAll(EventValues)), ct);
        }

        return database.WriteAsync(
            async (context, token) =>
            {
                if (strange.Count > 0)
                {
                    await using var command = HubDatabase.Command(context, "");
                    await InsertAsync(command, "quarantine", QuarantineColumns, strange.ConvertAll(QuarantineValues), "", token);
                }

                if (events.Count > 0 && database.IsPostgres)
                {
                    await using var command = HubDatabase.Command(context, AppendToPostgres);
                    AddArrays(command, events.ConvertAll(EventValues));
                    await command.ExecuteNonQueryAsync(token);
                }
                else if (events.Count > 0)
                {
                    await MarkDirtyAsync(context, await InsertEventsAsync(context, events, token), token);
                }
            },
            ct);
    }

    private static void AddArrays(DbCommand command, List<object?[]> rows)
    {
        for (var c = 0; c < EventColumns.Length; c++)
        {
            var column = c;
            command.With($"@{EventColumns[c]}", EventColumns[c] switch
            {
                "session_id" => rows.ConvertAll(r => (long?)r[column]),
                "occurred_at" or "received_at" => rows.ConvertAll(r => (DateTime)r[column]!),
                "body" => rows.ConvertAll(r => (byte[]?)r[column]),
                _ => rows.ConvertAll(r => (string?)r[column]),
            });
        }
    }

    private async Task<List<(string Cabinet, long SessionId)>> InsertEventsAsync(HubDbContext context, List<JournalEntry> events, CancellationToken ct)
    {
        await using var command = HubDatabase.Command(context, "");
        Prepare(command, "events", EventColumns, events.ConvertAll(EventValues), "RETURNING cabinet, session_id");
        var sessions = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!await reader.IsDBNullAsync(1, ct))
            {
                sessions.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        return [.. sessions.Distinct().Order()];
    }

    private static async Task MarkDirtyAsync(HubDbContext context, List<(string Cabinet, long SessionId)> sessions, CancellationToken ct)
    {
        if (sessions.Count == 0)
        {
            return;
        }

        await using var command = HubDatabase.Command(context, "");
        var sql = new StringBuilder("INSERT INTO sessions (cabinet, session_id, dirty_version, folded_version, planned) VALUES ");
        for (var i = 0; i < sessions.Count; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}(@c{i}, @s{i}, 1, 0, @f)");
            command.With($"@c{i}", sessions[i].Cabinet).With($"@s{i}", sessions[i].SessionId);
        }

        sql.Append(" ON CONFLICT (cabinet, session_id) DO UPDATE SET dirty_version = sessions.dirty_version + 1");
        command.CommandText = sql.ToString();
        await command.With("@f", value: false).ExecuteNonQueryAsync(ct);
    }

    private static async Task InsertAsync(DbCommand command, string table, string[] columns, List<object?[]> rows, string tail, CancellationToken ct)
    {
        Prepare(command, table, columns, rows, tail);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void Prepare(DbCommand command, string table, string[] columns, List<object?[]> rows, string tail)
    {
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        for (var r = 0; r < rows.Count; r++)
        {
            sql.Append(r == 0 ? "(" : ", (");
            for (var c = 0; c < columns.Length; c++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{r}_{c}");
                sql.Append(c == 0 ? "" : ", ").Append(name);
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = rows[r][c] ?? DBNull.Value;
                if (columns[c] is "session_id")
                {
                    parameter.DbType = System.Data.DbType.Int64;
                }

                command.Parameters.Add(parameter);
            }

            sql.Append(')');
        }

        command.CommandText = sql.Append(" ON CONFLICT (cabinet, content_key) DO NOTHING ").Append(tail).ToString();
    }

    private object?[] EventValues(JournalEntry e) =>
    [
        e.Cabinet,
        e.SessionId,
        e.Mnemonic,
        e.FromReport ? ReportEvents.Source : "webhook",
        database.Instant(e.Event?.At ?? e.ReceivedAt),
        database.Instant(e.ReceivedAt),
        e.ContentKey,
        e.Event is null ? null : JournalJson.Write(e.Event),
        e.Method,
        Harmless(e.ContentType),
        Harmless(e.Query),
        e.Body,
    ];

    private object?[] QuarantineValues(JournalEntry e) =>
    [
        e.Cabinet,
        database.Instant(e.ReceivedAt),
        e.ContentKey,
        Harmless(e.QuarantineReason),
        e.Method,
        Harmless(e.ContentType),
        Harmless(e.Query),
        e.Body,
    ];

    /// <summary>PostgreSQL's text holds no NUL; these columns are for looking at, the body keeps every byte.</summary>
    private static string? Harmless(string? text) => DbText.Of(text?.Replace("\0", "\\0", StringComparison.Ordinal));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TelephonyHub.Storage;

/// <summary>
/// Statements of one transaction that need no answer in between: PostgreSQL gets them in one round trip, which is most of what a small statement costs. SQLite, in
/// the same process, gets them one by one.
/// </summary>
internal sealed class Statements(HubDatabase database, HubDbContext context)
{
    private readonly List<(string Sql, (string Name, object? Value)[] Parameters)> _statements = [];

    /// <param name="sql">In the dialect that both databases understand.</param>
    /// <param name="parameters">Instants and ids as <see cref="HubDatabase.Instant"/> and <see cref="HubDatabase.Id"/> make them.</param>
    public void Add(string sql, params (string Name, object? Value)[] parameters) => _statements.Add((sql, parameters));

    /// <returns>Rows changed by each, in the order of adding.</returns>
    public async Task<IReadOnlyList<int>> RunAsync(CancellationToken ct)
    {
        var changed = new List<int>(_statements.Count);
        if (_statements.Count == 0)
        {
            return changed;
        }

        if (!database.IsPostgres)
        {
            foreach (var (sql, parameters) in _statements)
            {
                await using var command = HubDatabase.Command(context, sql);
                foreach (var (name, value) in parameters)
                {
                    command.With(name, value);
                }

                changed.Add(await command.ExecuteNonQueryAsync(ct));
            }

            return changed;
        }

        await using var batch = context.Database.GetDbConnection().CreateBatch();
        batch.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (sql, parameters) in _statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
        changed.AddRange(batch.BatchCommands.Select(c => c.RecordsAffected));
        return changed;
    }
}

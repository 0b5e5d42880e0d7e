using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TelephonyHub.Uis.JsonRpc;

namespace TelephonyHub.Uis.DataApi;

/// <summary>Reads lists page by page within the vendor's bounds (reference 2.1): limit 10 000, offset 100 000, intervals of three months.</summary>
internal sealed class Paging(RpcChannel channel)
{
    private const int MaxLimit = 10_000;
    private const int MaxOffset = 100_000;

    private static readonly TimeSpan Boundary = TimeSpan.FromSeconds(1);

    internal async IAsyncEnumerable<TRow> ListAsync<TRow>(
        string method, UisQuery? query, Func<UisRow, TRow?> map, UisPriority priority,
        [EnumeratorCancellation] CancellationToken cancellationToken, JsonObject? more = null)
        where TRow : class
    {
        var pages = PagesAsync(method, query ?? new UisQuery(), more, map, priority, cancellationToken);
        await foreach (var page in pages)
        {
            if (page.TooMany)
            {
                throw new UisApiException(UisFailure.Permanent, method, "offset_limit_reached");
            }

            foreach (var row in page.Rows)
            {
                yield return row;
            }
        }
    }

    /// <param name="method">Report method.</param>
    /// <param name="report">Interval and query.</param>
    /// <param name="more">Parameters of this method only.</param>
    /// <param name="split">Start of the following part; parts overlap in one second, because the wire's times may have milliseconds.</param>
    /// <param name="map">Row of the answer to row of ours.</param>
    /// <param name="key">Identity and time of a row: rows on a border come twice.</param>
    /// <param name="priority">Who goes first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async IAsyncEnumerable<TRow> ReportAsync<TRow>(
        string method, UisReportQuery report, JsonObject more, Func<DateTime, DateTime> split, Func<UisRow, TRow?> map,
        Func<TRow, (object Key, DateTime? At)> key, UisPriority priority, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : class
    {
        var parts = new Stack<(DateTime From, DateTime Till)>(Parts(report.From, report.Till, split).Reverse());
        var hasBorders = parts.Count > 1;
        var borders = new HashSet<object>();
        while (parts.TryPop(out var part))
        {
            var interval = (JsonObject)more.DeepClone();
            interval["date_from"] = Wire(part.From);
            interval["date_till"] = Wire(part.Till);
            await foreach (var page in PagesAsync(method, report.Query, interval, map, priority, cancellationToken))
            {
                if (page.TooMany)
                {
                    Halve(method, part, parts);
                    hasBorders = true;
                    break;
                }

                foreach (var row in page.Rows)
                {
                    var (identity, at) = key(row);
                    var onBorder = hasBorders && (at is not { } time || time <= part.From + Boundary || time >= part.Till - Boundary);
                    if (!onBorder || borders.Add(identity))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private static string Wire(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<(DateTime From, DateTime Till)> Parts(DateTime from, DateTime till, Func<DateTime, DateTime> split)
    {
        for (var start = from; ;)
        {
            var end = split(start);
            if (end >= till)
            {
                yield return (start, till);
                yield break;
            }

            yield return (start, end);
            start = end;
        }
    }

    private static void Halve(string method, (DateTime From, DateTime Till) part, Stack<(DateTime From, DateTime Till)> parts)
    {
        var half = Math.Floor((part.Till - part.From).TotalSeconds / 2);
        if (half < 1)
        {
            throw new UisApiException(UisFailure.Permanent, method, "offset_limit_reached");
        }

        parts.Push((part.From.AddSeconds(half), part.Till));
        parts.Push((part.From, part.From.AddSeconds(half)));
    }

    private async IAsyncEnumerable<Page<TRow>> PagesAsync<TRow>(
        string method, UisQuery query, JsonObject? more, Func<UisRow, TRow?> map, UisPriority priority,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : class
    {
        var limit = Math.Clamp(query.PageSize, 1, MaxLimit);
        for (var offset = 0; ;)
        {
            var parameters = Parameters(query, more, limit, offset);
            var answer = await channel.CallAsync(new RpcRequest(method, parameters, priority), cancellationToken);
            var raw = UisRow.RowsOf(answer.Data);
            var ahead = answer.TotalItems is { } total ? total > offset + raw.Count : raw.Count >= limit;
            if (offset == 0 && answer.TotalItems > MaxOffset + limit)
            {
                yield return new Page<TRow>([], TooMany: true);
                yield break;
            }

            var rows = raw.Select(map).OfType<TRow>().ToList();
            if (rows.Count < raw.Count)
            {
                channel.Logger.RowsLeftOut(channel.Cabinet, method, raw.Count - rows.Count);
            }

            yield return new Page<TRow>(rows, TooMany: false);
            offset += raw.Count;
            if (!ahead || raw.Count == 0)
            {
                yield break;
            }

            if (offset > MaxOffset)
            {
                // Only where total_items is missing or grew meanwhile: better an error than a silent hole.
                throw new UisApiException(UisFailure.Permanent, method, "offset_limit_reached");
            }
        }
    }

    private static JsonObject Parameters(UisQuery query, JsonObject? more, int limit, int offset)
    {
        var parameters = more is null ? [] : (JsonObject)more.DeepClone();
        parameters.With("user_id", query.UserId).With("limit", limit).With("offset", offset).With("filter", query.Filter?.ToJson());
        if (query.Sort.Count > 0)
        {
            parameters["sort"] = new JsonArray([.. query.Sort.Select(sort => (JsonNode)new JsonObject
            {
                ["field"] = sort.Field,
                ["order"] = sort.Descending ? "desc" : "asc",
            })]);
        }

        return query.Fields.Count > 0 ? parameters.With("fields", query.Fields) : parameters;
    }

    private sealed record Page<TRow>(IReadOnlyList<TRow> Rows, bool TooMany);
}

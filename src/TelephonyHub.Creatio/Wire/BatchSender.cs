namespace TelephonyHub.Creatio.Wire;

/// <summary>Sends parts by the hundred and puts their answers together.</summary>
internal sealed class BatchSender(CreatioPipeline pipeline, CreatioEndpoints endpoints)
{
    public async Task<BatchAnswer> SendAsync(IReadOnlyList<BatchPart> parts, CancellationToken ct)
    {
        var answers = new List<BatchPartAnswer>(parts.Count);
        var wroteSomething = false;
        foreach (var chunk in parts.Chunk(BatchWire.MostParts))
        {
            var replies = await AfterAsync(wroteSomething, () => SendOnceRenewedAsync(chunk, ct)).ConfigureAwait(false);
            answers.AddRange(replies.Select(reply => reply.Answer));
            wroteSomething |= chunk.Where((part, i) => part.IsWrite && replies[i].Answer.Succeeded).Any();

            // The server would have stopped here had the batch been one; the rest is to be sent when this is settled.
            if (!Array.TrueForAll(replies, reply => reply.Answer.Succeeded))
            {
                break;
            }
        }

        answers.AddRange(Enumerable.Repeat(BatchPartAnswer.NotAnswered, parts.Count - answers.Count));
        for (var i = 0; i < parts.Count; i++)
        {
            if (answers[i].Failure is not null)
            {
                pipeline.LogPart(parts[i], answers[i]);
            }
        }

        return new BatchAnswer(answers);
    }

    /// <summary>Sends; if the session ended on the way, the parts that this left undone go out once more with a new one.</summary>
    private async Task<PartReply[]> SendOnceRenewedAsync(BatchPart[] parts, CancellationToken ct)
    {
        var (replies, first) = await SendOnceAsync(parts, ct).ConfigureAwait(false);
        var firstFailed = Array.FindIndex(replies, reply => !reply.Answer.Succeeded);
        if (firstFailed < 0 || !Array.Exists(replies, reply => reply.SessionEnded))
        {
            return replies;
        }

        // Unanswered parts belong to the session's end only if nothing else stopped the server before.
        var stoppedBySession = replies[firstFailed].SessionEnded;
        var undone = Enumerable.Range(0, parts.Length)
            .Where(i => replies[i].SessionEnded || (stoppedBySession && !replies[i].Answer.WasAnswered))
            .ToArray();
        var wroteSomething = parts.Where((part, i) => part.IsWrite && replies[i].Answer.Succeeded).Any();
        return await AfterAsync(wroteSomething, async () =>
        {
            await pipeline.RenewAsync(first.Session, ct).ConfigureAwait(false);
            var (again, _) = await SendOnceAsync([.. undone.Select(i => parts[i])], ct).ConfigureAwait(false);
            for (var i = 0; i < undone.Length; i++)
            {
                replies[undone[i]] = again[i];
            }

            return replies;
        }).ConfigureAwait(false);
    }

    private async Task<(PartReply[] Replies, CreatioReply Whole)> SendOnceAsync(BatchPart[] parts, CancellationToken ct)
    {
        var request = new CreatioRequest(HttpMethod.Post, endpoints.Batch, "$batch")
        {
            Body = BatchWire.Write(parts),
            ContentType = CreatioRequest.BatchType,
            IsWrite = Array.Exists(parts, part => part.IsWrite),
        };
        var reply = await pipeline.SendAsync(request, ct).ConfigureAwait(false);
        return (BatchWire.Read(reply, parts) ?? throw FailureRules.Garbled(request, reply), reply);
    }

    /// <summary>A failure after a part was written must say so: the caller sees only the exception.</summary>
    private static async Task<PartReply[]> AfterAsync(bool wroteSomething, Func<Task<PartReply[]>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (CreatioException failure) when (wroteSomething && !failure.MayHaveBeenApplied)
        {
            throw new CreatioException(failure.Failure, failure.Message, failure)
            {
                Status = failure.Status,
                RetryAfter = failure.RetryAfter,
                MayHaveBeenApplied = true,
            };
        }
    }
}

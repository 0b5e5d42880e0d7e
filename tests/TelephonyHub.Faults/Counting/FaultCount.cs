namespace TelephonyHub.Faults;

/// <summary>What is wrong, counted record by record; each number has its list.</summary>
public sealed class FaultCount
{
    private readonly List<string> _faults = [];

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public int WrongOwner { get; private set; }

    public int WrongState { get; private set; }

    /// <summary>Requests that no replica took, where there always was one that could.</summary>
    public int Gaps { get; set; }

    /// <summary>Call-back tasks that were completed when the call turned out to be answered: no fault.</summary>
    public int ClosedAgain { get; set; }

    /// <summary>Of the proof: PBX = journal, and CRM = expected, and both are what the telephone really did.</summary>
    public bool ProofEqual { get; set; }

    public IReadOnlyList<string> Faults => _faults;

    public bool IsClean => Lost + Doubled + WrongOwner + WrongState + Gaps == 0 && ProofEqual;

    /// <summary>Counts records of which between <paramref name="least"/> and <paramref name="most"/> are right.</summary>
    public void Expect(string what, int found, int least, int most)
    {
        if (found < least)
        {
            Lost += least - found;
            _faults.Add($"lost: {what}, {found} of {least}");
        }
        else if (found > most)
        {
            Doubled += found - most;
            _faults.Add($"doubled: {what}, {found} instead of {most}");
        }
    }

    public void ExpectOwner(string what, Guid? owner, IReadOnlySet<Guid> allowed)
    {
        if (owner is null || !allowed.Contains(owner.Value))
        {
            WrongOwner++;
            _faults.Add($"wrong owner: {what}");
        }
    }

    public void ExpectState(string what, string state, string wanted)
    {
        if (state != wanted)
        {
            WrongState++;
            _faults.Add($"wrong state: {what} is {state}, was {wanted}");
        }
    }

    public void Note(string words) => _faults.Add(words);
}

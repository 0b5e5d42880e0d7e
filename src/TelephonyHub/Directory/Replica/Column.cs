namespace TelephonyHub.Directory.Replica;

/// <summary>A growing array in pieces: a list would double, and hold half a million empty places for a million full ones.</summary>
internal sealed class Column<T>
{
    private const int Bits = 13;
    private const int Mask = (1 << Bits) - 1;
    private T[][] _pieces = [];

    public ref T this[int slot] => ref _pieces[slot >> Bits][slot & Mask];

    public void Reach(int slot)
    {
        while (slot >> Bits >= _pieces.Length)
        {
            Array.Resize(ref _pieces, _pieces.Length + 1);
            _pieces[^1] = new T[1 << Bits];
        }
    }
}

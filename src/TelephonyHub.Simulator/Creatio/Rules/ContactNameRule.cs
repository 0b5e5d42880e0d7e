using TelephonyHub.Simulator.Creatio.Storage;

namespace TelephonyHub.Simulator.Creatio.Rules;

/// <summary>
/// Full name and name parts follow each other (reference 3.3). "John Best" gives given name and surname as in the vendor's sample; the order of three
/// words (given, middle, surname) and of one word (given name) is our assumption.
/// </summary>
internal sealed class ContactNameRule() : EntityRule("Contact")
{
    private static readonly string[] Parts = ["GivenName", "MiddleName", "Surname"];

    public override void BeforeSave(EntityDraft draft)
    {
        if (draft.Changed("Name") && draft.Text("Name").Length > 0)
        {
            var words = draft.Text("Name").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Set(draft, "GivenName", words.FirstOrDefault());
            Set(draft, "Surname", words.Length > 1 ? words[^1] : null);
            Set(draft, "MiddleName", words.Length > 2 ? string.Join(' ', words[1..^1]) : null);
        }
        else if (Parts.Any(draft.Changed))
        {
            draft["Name"] = string.Join(' ', Parts.Select(draft.Text).Where(part => part.Length > 0));
        }
    }

    private static void Set(EntityDraft draft, string part, string? value)
    {
        if (!draft.Given(part))
        {
            draft[part] = value;
        }
    }
}

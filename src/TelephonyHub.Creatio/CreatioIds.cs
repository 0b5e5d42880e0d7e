namespace TelephonyHub.Creatio;

/// <summary>Lookup values and schema UIds as shipped with the product (reference, Appendix B, one 8.1 deployment).</summary>
/// <remarks>Lookups are editable by the customer: a value that is not in his system makes a write fail as <see cref="CreatioFailure.NotFound"/> or
/// <see cref="CreatioFailure.Permanent"/>. Names of values are English captions; the remark of each is the caption as the product shows it.</remarks>
public static partial class CreatioIds
{
    /// <summary>Direction of a call.</summary>
    public static class CallDirection
    {
        /// <summary>Incoming.</summary>
        public static readonly Guid Incoming = new("1d96a65f-2131-4916-8825-2d142b1000b2");

        /// <summary>Outgoing.</summary>
        public static readonly Guid Outgoing = new("53f71b5f-7e17-4cf5-bf14-6a59212db422");

        /// <summary>Not defined (default of Call).</summary>
        public static readonly Guid NotDefined = new("c072be2c-3d82-4468-9d4a-6db47d1f4cca");
    }

    /// <summary>Kind of activity.</summary>
    public static class ActivityType
    {
        /// <summary>Task (default).</summary>
        public static readonly Guid Task = new("fbe0acdc-cfc0-df11-b00f-001d60e938c6");

        /// <summary>Email.</summary>
        public static readonly Guid Email = new("e2831dec-cfc0-df11-b00f-001d60e938c6");

        /// <summary>Call.</summary>
        public static readonly Guid Call = new("e1831dec-cfc0-df11-b00f-001d60e938c6");

        /// <summary>Visit.</summary>
        public static readonly Guid Visit = new("e3831dec-cfc0-df11-b00f-001d60e938c6");
    }

    /// <summary>Category of an activity.</summary>
    public static class ActivityCategory
    {
        /// <summary>To do (default).</summary>
        public static readonly Guid ToDo = new("f51c4643-58e6-df11-971b-001d60e938c6");

        /// <summary>Email.</summary>
        public static readonly Guid Email = new("8038a396-7825-e011-8165-00155d043204");

        /// <summary>Call.</summary>
        public static readonly Guid Call = new("e52bd583-7825-e011-8165-00155d043204");

        /// <summary>Call as task.</summary>
        public static readonly Guid CallAsTask = new("03df85bf-6b19-4dea-8463-d5d49b80bb28");

        /// <summary>Meeting.</summary>
        public static readonly Guid Meeting = new("42c74c49-58e6-df11-971b-001d60e938c6");

        /// <summary>Paper work.</summary>
        public static readonly Guid PaperWork = new("2365ae4f-58e6-df11-971b-001d60e938c6");
    }

    /// <summary>State of an activity.</summary>
    public static class ActivityStatus
    {
        /// <summary>Not started (default).</summary>
        public static readonly Guid NotStarted = new("384d4b84-58e6-df11-971b-001d60e938c6");

        /// <summary>In progress.</summary>
        public static readonly Guid InProgress = new("394d4b84-58e6-df11-971b-001d60e938c6");

        /// <summary>Completed.</summary>
        public static readonly Guid Completed = new("4bdbb88f-58e6-df11-971b-001d60e938c6");

        /// <summary>Canceled.</summary>
        public static readonly Guid Canceled = new("201cfba8-58e6-df11-971b-001d60e938c6");
    }

    /// <summary>Priority of an activity.</summary>
    public static class ActivityPriority
    {
        /// <summary>Medium (default).</summary>
        public static readonly Guid Medium = new("ab96fa02-7fe6-df11-971b-001d60e938c6");

        /// <summary>High.</summary>
        public static readonly Guid High = new("d625a9fc-7ee6-df11-971b-001d60e938c6");

        /// <summary>Low.</summary>
        public static readonly Guid Low = new("ac96fa02-7fe6-df11-971b-001d60e938c6");
    }

    /// <summary>Result of an activity or a call.</summary>
    public static class ActivityResult
    {
        /// <summary>Completed.</summary>
        public static readonly Guid Completed = new("632afdd2-f616-4ea6-87d2-8ed38eed8aff");

        /// <summary>Canceled.</summary>
        public static readonly Guid Canceled = new("fc7d2e5e-f36b-1410-6698-00155d043204");

        /// <summary>No answer (Недозвон).</summary>
        public static readonly Guid NoAnswer = new("5f0704a8-1749-4f65-98d8-458e7563a23c");
    }

    /// <summary>Group of activity results.</summary>
    public static class ActivityResultCategory
    {
        /// <summary>Positive.</summary>
        public static readonly Guid Positive = new("1d2e48f2-c5fd-417d-9551-30e71f35df3d");

        /// <summary>Neutral.</summary>
        public static readonly Guid Neutral = new("4fd40914-23a7-415d-bb56-14fed5092551");

        /// <summary>Fail.</summary>
        public static readonly Guid Fail = new("4db33cbc-ba7c-4103-9887-6b39b8d36b77");
    }

    /// <summary>Role of a participant; the server sets it itself.</summary>
    public static class ActivityParticipantRole
    {
        /// <summary>Participant.</summary>
        public static readonly Guid Participant = new("1a8324e8-a6e1-df11-971b-001d60e938c6");

        /// <summary>Responsible.</summary>
        public static readonly Guid Responsible = new("53fc4a92-b0ea-e111-96c4-00165d094c12");
    }
}

using TelephonyHub.Uis.CallApi;
using TelephonyHub.Uis.DataApi;

namespace TelephonyHub.Uis;

/// <summary>One account of the PBX: both APIs with a common login and a points budget each. Thread-safe.</summary>
public interface IUisCabinetClient
{
    /// <summary>Our key of the cabinet.</summary>
    string Cabinet { get; }

    /// <summary>Reports and dictionaries (Data API v2.0).</summary>
    IUisDataApi Data { get; }

    /// <summary>Starting and managing calls (Call API v4.0).</summary>
    IUisCallApi Calls { get; }

    /// <summary>Points as last reported by the answers' metadata; for metrics see <see cref="UisLimits.Points"/>.</summary>
    UisLimits Limits { get; }
}

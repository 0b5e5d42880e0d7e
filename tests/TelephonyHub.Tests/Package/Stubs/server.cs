// The documented server API (reference 5.3): only what a configuration service needs, under the vendor's namespace (BPMSoft by replacement).
namespace System.ServiceModel
{
    public sealed class ServiceContractAttribute : System.Attribute { }

    public sealed class OperationContractAttribute : System.Attribute { }
}

namespace System.ServiceModel.Activation
{
    public enum AspNetCompatibilityRequirementsMode { NotAllowed, Allowed, Required }

    public sealed class AspNetCompatibilityRequirementsAttribute : System.Attribute
    {
        public AspNetCompatibilityRequirementsMode RequirementsMode { get; set; }
    }
}

namespace System.ServiceModel.Web
{
    public enum WebMessageFormat { Xml, Json }

    public enum WebMessageBodyStyle { Bare, Wrapped }

    public sealed class WebInvokeAttribute : System.Attribute
    {
        public string Method { get; set; }

        public WebMessageBodyStyle BodyStyle { get; set; }

        public WebMessageFormat RequestFormat { get; set; }

        public WebMessageFormat ResponseFormat { get; set; }
    }
}

namespace System.Web.SessionState
{
    public interface IReadOnlySessionState { }
}

namespace Terrasoft.Core
{
    public class DBSecurityEngine
    {
        public System.Collections.Generic.HashSet<string> Granted = new System.Collections.Generic.HashSet<string>();

        public void CheckCanExecuteOperation(string operation)
        {
            if (!Granted.Contains(operation))
            {
                throw new System.Security.SecurityException("Current user does not have permissions to execute operation " + operation);
            }
        }
    }

    public class UserConnection
    {
        public DBSecurityEngine DBSecurityEngine = new DBSecurityEngine();
    }
}

namespace Terrasoft.Web.Common
{
    public class BaseService
    {
        public Terrasoft.Core.UserConnection UserConnection = new Terrasoft.Core.UserConnection();
    }
}

namespace Terrasoft.Messaging.Common
{
    using System;
    using System.Collections.Generic;

    public class MsgHeader
    {
        public string Sender { get; set; }
    }

    public interface IMsg
    {
        Guid Id { get; set; }

        object Body { get; set; }

        MsgHeader Header { get; }
    }

    public class SimpleMessage : IMsg
    {
        private readonly MsgHeader _header = new MsgHeader();

        public Guid Id { get; set; }

        public object Body { get; set; }

        public MsgHeader Header { get { return _header; } }
    }

    public interface IMsgChannel
    {
        void PostMessage(IMsg message);
    }

    public class MsgChannelManager
    {
        public static bool IsRunning { get; set; }

        public static MsgChannelManager Instance = new MsgChannelManager();

        public Dictionary<Guid, IMsgChannel> Channels = new Dictionary<Guid, IMsgChannel>();

        public IMsgChannel FindItemByUId(Guid userId)
        {
            IMsgChannel channel;
            return Channels.TryGetValue(userId, out channel) ? channel : null;
        }
    }

    // What the tests look into: an open browser, and one that is just closing.
    public class OpenBrowser : IMsgChannel
    {
        public List<IMsg> Got = new List<IMsg>();

        public void PostMessage(IMsg message) { Got.Add(message); }
    }

    public class ClosingBrowser : IMsgChannel
    {
        public void PostMessage(IMsg message) { throw new ObjectDisposedException("channel"); }
    }
}

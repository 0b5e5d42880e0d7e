// For BPMSoft replace "Terrasoft." by "BPMSoft." throughout this file; nothing else differs. C# 7.3: older Creatio compiles no newer language.
namespace Terrasoft.Configuration
{
    using System;
    using System.Collections.Generic;
    using System.Runtime.Serialization;
    using System.ServiceModel;
    using System.ServiceModel.Activation;
    using System.ServiceModel.Web;
    using System.Web.SessionState;
    using Terrasoft.Messaging.Common;
    using Terrasoft.Web.Common;

    /// <summary>Body of a request.</summary>
    [DataContract]
    public class UsrTelephonyHubRequest
    {
        /// <summary>Ids of SysAdminUnit, not of contacts. Text, so that one wrong id does not refuse the others.</summary>
        [DataMember(Name = "userIds")]
        public string[] UserIds { get; set; }

        /// <summary>JSON text of one object: the browser parses it.</summary>
        [DataMember(Name = "payload")]
        public string Payload { get; set; }
    }

    /// <summary>What became of it.</summary>
    [DataContract]
    public class UsrTelephonyHubAnswer
    {
        /// <summary>Users who have a browser open, and whose channel took the message. No promise that it was seen.</summary>
        [DataMember(Name = "delivered")]
        public int Delivered { get; set; }

        /// <summary>False while Creatio's message channel has not started.</summary>
        [DataMember(Name = "running")]
        public bool Running { get; set; }

        /// <summary>Users whose channel was there and refused the message: the browser was just closing.</summary>
        [DataMember(Name = "failed")]
        public int Failed { get; set; }

        /// <summary>Why nothing was sent; empty when the request was understood.</summary>
        [DataMember(Name = "error", EmitDefaultValue = false)]
        public string Error { get; set; }
    }

    /// <summary>
    /// Shows TelephonyHub's cards: POST {root}/rest/UsrTelephonyHubService/Notify. With cookies Creatio itself demands the CSRF header (BPMCSRF or CRT_CSRF);
    /// with an OAuth token there is none to send.
    /// </summary>
    [ServiceContract]
    [AspNetCompatibilityRequirements(RequirementsMode = AspNetCompatibilityRequirementsMode.Required)]
    public class UsrTelephonyHubService : BaseService, IReadOnlySessionState
    {
        /// <summary>Operation permission that lets a user put something on other people's screens. Grant it to the hub's user and to nobody else.</summary>
        public const string Operation = "CanUseTelephonyHub";

        /// <summary>Routes the message in the browser: ClientMessageBridge and the Freedom UI page wait for this very text.</summary>
        public const string Sender = "UsrTelephonyHub";

        private const int MostUsers = 200;
        private const int MostCharacters = 64 * 1024;

        /// <summary>Sends one card to the open browsers of the users.</summary>
        /// <exception cref="System.Security.SecurityException">The caller has not the operation.</exception>
        [OperationContract]
        [WebInvoke(Method = "POST", BodyStyle = WebMessageBodyStyle.Bare, RequestFormat = WebMessageFormat.Json, ResponseFormat = WebMessageFormat.Json)]
        public UsrTelephonyHubAnswer Notify(UsrTelephonyHubRequest request)
        {
            // First: who may not call learns nothing, not even whether a user sits at his browser.
            UserConnection.DBSecurityEngine.CheckCanExecuteOperation(Operation);
            var answer = new UsrTelephonyHubAnswer { Running = MsgChannelManager.IsRunning, Error = FaultOf(request) };
            if (answer.Error != null || !answer.Running)
            {
                return answer;
            }

            foreach (var user in UsersOf(request))
            {
                Send(user, request.Payload, answer);
            }

            return answer;
        }

        private static string FaultOf(UsrTelephonyHubRequest request)
        {
            if (request == null || request.UserIds == null || request.UserIds.Length == 0)
            {
                return "userIds is missing";
            }

            if (request.UserIds.Length > MostUsers)
            {
                return "userIds holds more than " + MostUsers + " ids";
            }

            var payload = request.Payload == null ? string.Empty : request.Payload.Trim();
            if (payload.Length == 0 || payload.Length > MostCharacters)
            {
                return "payload is empty or longer than " + MostCharacters + " characters";
            }

            // Freedom UI drops a body that is no JSON, the classic bridge is an object's reader: what cannot be one is refused here, where somebody reads the answer.
            return payload[0] == '{' && payload[payload.Length - 1] == '}' ? null : "payload is not the text of a JSON object";
        }

        private static IEnumerable<Guid> UsersOf(UsrTelephonyHubRequest request)
        {
            var seen = new HashSet<Guid>();
            foreach (var text in request.UserIds)
            {
                Guid id;
                if (Guid.TryParse(text, out id) && id != Guid.Empty && seen.Add(id))
                {
                    yield return id;
                }
            }
        }

        private static void Send(Guid user, string payload, UsrTelephonyHubAnswer answer)
        {
            try
            {
                // Null: no such user, or no browser open. The hub leaves a notification row instead.
                var channel = MsgChannelManager.Instance.FindItemByUId(user);
                if (channel == null)
                {
                    return;
                }

                var message = new SimpleMessage { Id = Guid.NewGuid(), Body = payload };
                message.Header.Sender = Sender;
                channel.PostMessage(message);
                answer.Delivered++;
            }
            catch (Exception)
            {
                // A channel may close between the look and the post. The others still get theirs, and the answer counts it: "failed" is not "delivered".
                answer.Failed++;
            }
        }
    }
}

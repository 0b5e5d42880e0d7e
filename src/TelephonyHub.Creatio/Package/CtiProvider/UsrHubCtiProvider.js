// A sketch, not installed with the package: the smallest provider that lets Creatio's own play buttons (section "Calls", history, page of a call) find the
// hub's recordings. It needs a row in SysMsgLib and a licence operation that your users have; see README.md. Cards and calls go without it.
define("UsrHubCtiProvider", ["BaseCtiProvider"], function() {
  var name = typeof BPMSoft === "undefined" ? "Terrasoft" : "BPMSoft";
  var platform = typeof BPMSoft === "undefined" ? Terrasoft : BPMSoft;
  var LINK = "539bc2f8-0ee0-df11-971b-001d60e938c6";

  return Ext.define(name + ".integration.telephony.UsrHubCtiProvider", {
    extend: name + ".BaseCtiProvider",
    alternateClassName: name + ".UsrHubCtiProvider",
    singleton: true,

    init: function() {
      this.callParent(arguments);
      this.fireEvent("initialized", this);
    },

    // callId is Call.IntegrationId, "<cabinet>:<session>"; the hub has left its links as files of that call.
    queryCallRecords: function(callId, callback) {
      var query = Ext.create(name + ".EntitySchemaQuery", { rootSchemaName: "CallFile" });
      query.addColumn("Name");
      query.filters.add("Call", query.createColumnFilterWithParameter(platform.ComparisonType.EQUAL, "Call.IntegrationId", callId));
      query.filters.add("Type", query.createColumnFilterWithParameter(platform.ComparisonType.EQUAL, "Type", LINK));
      query.getEntityCollection(function(answer) {
        var urls = [];
        if (answer.success) {
          answer.collection.each(function(file) {
            urls.push(file.get("Name"));
          });
        }
        callback(urls.filter(function(url) {
          return /^https?:\/\/[^\s]+\/r\/[^\s\/]+$/.test(url);
        }));
      }, this);
    },

    getCapabilities: function() {
      return { callCapabilities: 0, agentCapabilities: platform.AgentFeaturesSet.CAN_GET_CALL_RECORDS };
    },

    // The phone is not driven from Creatio: the PBX rings it, the hub writes the call.
    makeCall: platform.emptyFn,
    answerCall: platform.emptyFn,
    dropCall: platform.emptyFn,
    holdCall: platform.emptyFn,
    makeConsultCall: platform.emptyFn,
    transferCall: platform.emptyFn,
    cancelTransfer: platform.emptyFn,
    blindTransferCall: platform.emptyFn,
    setUserState: platform.emptyFn,
    setWrapUpUserState: platform.emptyFn,
    queryUserState: platform.emptyFn,
    queryLineState: platform.emptyFn,
    queryActiveCallSnapshot: platform.emptyFn,
    sendDtmf: platform.emptyFn,
    mute: platform.emptyFn,
    setVideoState: platform.emptyFn,
    changeCallCentreState: platform.emptyFn,
    closeConnection: platform.emptyFn
  });
});

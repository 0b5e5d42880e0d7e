// Replaces ClientMessageBridge, which every tab loads once, in the classic UI and within the Freedom UI shell. The name of the platform's namespace is
// found out, so the same text serves Creatio and BPMSoft.
define("ClientMessageBridge", ["NetworkUtilities", "UsrTelephonyHubCards"], function(NetworkUtilities, Cards) {
  var platform = typeof BPMSoft === "undefined" ? Terrasoft : BPMSoft;

  return {
    messages: {
      "UsrTelephonyHub": {
        "mode": platform.MessageMode.BROADCAST,
        "direction": platform.MessageDirectionType.PUBLISH
      },
      // NetworkUtilities publishes these two through this module's sandbox.
      "PushHistoryState": {
        "mode": platform.MessageMode.BROADCAST,
        "direction": platform.MessageDirectionType.PUBLISH
      },
      "GetHistoryState": {
        "mode": platform.MessageMode.PTP,
        "direction": platform.MessageDirectionType.PUBLISH
      }
    },

    methods: {
      init: function() {
        this.callParent(arguments);
        // No history: a card that waits for a listener comes after the ring.
        this.addMessageConfig({ sender: Cards.sender, messageName: Cards.sender, isSaveHistory: false });
      },

      afterPublishMessage: function(sandboxMessageName, webSocketMessage) {
        this.callParent(arguments);
        if (sandboxMessageName !== Cards.sender) {
          return;
        }
        try {
          Cards.board(window).accept(webSocketMessage, this.getTelephonyHubHost());
        } catch (e) {
          // A fault of a card must not stop the other messages of the tab.
          window.console.error("TelephonyHub: the card could not be shown.", e);
        }
      },

      // Nothing opens by itself: it could cost a manager what he has just typed.
      getTelephonyHubHost: function() {
        var sandbox = this.sandbox;
        return {
          openRecord: function(entitySchemaName, id) {
            NetworkUtilities.openEntityPage({ entitySchemaName: entitySchemaName, entityId: id, sandbox: sandbox });
          },
          // The page of a new contact, or its mini page where one is set up, with the number filled in.
          newContact: function(phone) {
            NetworkUtilities.openCardInChain({
              entitySchemaName: "Contact",
              operation: "add",
              moduleId: sandbox.id + "_UsrTelephonyHubNewContact",
              historyState: sandbox.publish("GetHistoryState"),
              valuePairs: [{ name: "MobilePhone", value: phone }],
              sandbox: sandbox
            });
          }
        };
      }
    }
  };
});

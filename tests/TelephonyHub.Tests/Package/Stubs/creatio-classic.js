// The documented client API of the classic UI (reference 5.3, 5.4, 5.6; academy: "Send messages via WebSocket", "ClientMessageBridge class"), under the
// namespace of the vendor: Terrasoft or BPMSoft. Strict where the platform is: a message is published only if it is declared.
globalThis.startClassic = vendor => {
  const platform = globalThis[vendor] = {
    MessageMode: { PTP: "ptp", BROADCAST: "broadcast" },
    MessageDirectionType: { PUBLISH: "publish", SUBSCRIBE: "subscribe", BIDIRECTIONAL: "bidirectional" },
    EventName: { ON_MESSAGE: "onmessage" },
    ComparisonType: { EQUAL: 3 },
    AgentFeaturesSet: { CAN_WRAP_UP: 1, HAS_CALL_CENTRE_MODE: 2, CAN_GET_CALL_RECORDS: 4 },
    emptyFn: () => {}
  };

  const listeners = [];
  platform.ServerChannel = { on: (name, handler, scope) => { if (name === platform.EventName.ON_MESSAGE) { listeners.push({ handler, scope }); } } };
  globalThis.serverSends = (sender, body) => {
    const message = { Id: "11111111-1111-4111-8111-111111111111", Header: { Sender: sender, BodyTypeName: "System.String" }, Body: body };
    listeners.forEach(l => l.handler.call(l.scope, platform.ServerChannel, message));
  };

  // Ext: classes with callParent, create by name.
  const classes = {};
  const withParent = (own, parent) => function(...args) {
    const before = this.callParent;
    this.callParent = given => (parent ? parent.apply(this, given ?? []) : undefined);
    try {
      return own.apply(this, args);
    } finally {
      this.callParent = before;
    }
  };
  const extend = (base, own) => {
    const result = { ...base };
    for (const [name, value] of Object.entries(own)) {
      result[name] = typeof value === "function" ? withParent(value, base[name]) : value;
    }
    return result;
  };
  globalThis.Ext = {
    isString: value => typeof value === "string",
    define: (name, config) => {
      if (!classes[config.extend]) { throw new Error("Unknown class " + config.extend); }
      const made = classes[name] = extend(classes[config.extend], config);
      const alias = config.alternateClassName?.split(".") ?? [];
      if (alias.length === 2) { globalThis[alias[0]][alias[1]] = made; }
      return made;
    },
    create: (name, config) => {
      if (!classes[name]) { throw new Error("Unknown class " + name); }
      return Object.assign(Object.create(classes[name]), config).constructed();
    }
  };

  // The part of BaseMessageBridge and ClientMessageBridge that a replacing schema builds on.
  const base = {
    init() {
      this.configs = [];
      platform.ServerChannel.on(platform.EventName.ON_MESSAGE, this.onMessageReceived, this);
    },
    addMessageConfig(config) {
      if (!config?.sender || !config?.messageName) { throw new Error("NullOrEmptyException"); }
      this.configs.push(config);
    },
    onMessageReceived(scope, response) {
      const fitting = this.configs.filter(c => c.sender === response.Header.Sender);
      for (const config of fitting.length > 0 ? fitting : [{ messageName: "SocketMessageReceived" }]) {
        const publishConfig = { isSaveHistory: config.isSaveHistory };
        this.beforePublishMessage(config.messageName, response, publishConfig);
        const result = this.sandbox.publish(config.messageName, response);
        this.afterPublishMessage(config.messageName, response, result, publishConfig);
      }
    },
    beforePublishMessage() {},
    afterPublishMessage(name, message, result, publishConfig) { this.parentsSaw.push([name, publishConfig.isSaveHistory]); }
  };

  define("NetworkUtilities", [], () => ({
    openEntityPage: config => {
      if (!config.sandbox || !config.entitySchemaName || !config.entityId) { throw new Error("ArgumentNullOrEmptyException"); }
      config.sandbox.publish("PushHistoryState", { hash: "CardModuleV2/" + config.entitySchemaName + "PageV2/edit/" + config.entityId });
    },
    openCardInChain: config => {
      if (!config.sandbox || !config.entitySchemaName || config.operation !== "add") { throw new Error("ArgumentNullOrEmptyException"); }
      config.sandbox.publish("PushHistoryState", {
        hash: config.historyState.hash.historyState,
        stateObj: { operation: config.operation, entitySchemaName: config.entitySchemaName, valuePairs: config.valuePairs }
      });
    }
  }));

  globalThis.startBridge = () => {
    const schema = load("ClientMessageBridge");
    const declared = { SocketMessageReceived: { mode: platform.MessageMode.BROADCAST, direction: platform.MessageDirectionType.PUBLISH }, ...schema.messages };
    const bridge = extend(base, schema.methods);
    bridge.parentsSaw = [];
    bridge.sandbox = {
      id: "ViewModule_clientMessageBridge",
      publish: (name, data) => {
        const message = declared[name];
        if (message?.direction !== "publish" || !message.mode) { throw new Error("Message " + name + " is not declared"); }
        if (name === "PushHistoryState") { opened.push(data); }
        return name === "GetHistoryState" ? { hash: { historyState: "SectionModuleV2/ContactSectionV2" } } : undefined;
      }
    };
    globalThis.bridge = bridge;
    bridge.init();
  };

  // CTI: the base of providers, and the query by which any client module reads.
  const abstract = ["makeCall", "answerCall", "dropCall", "holdCall", "makeConsultCall", "transferCall", "cancelTransfer", "blindTransferCall", "setUserState", "setWrapUpUserState",
    "queryUserState", "queryLineState", "queryActiveCallSnapshot", "sendDtmf", "mute", "setVideoState", "queryCallRecords", "changeCallCentreState", "closeConnection", "getCapabilities"];
  classes[vendor + ".BaseCtiProvider"] = {
    ...Object.fromEntries(abstract.map(name => [name, () => { throw new Error("NotImplementedException: " + name); }])),
    abstractNames: abstract,
    init() {},
    fired: [],
    fireEvent(name) { this.fired.push(name); }
  };
  define("BaseCtiProvider", [], () => classes[vendor + ".BaseCtiProvider"]);
  classes[vendor + ".EntitySchemaQuery"] = {
    constructed() {
      this.columns = [];
      this.filters = { items: [], add: (name, filter) => this.filters.items.push(filter) };
      return this;
    },
    addColumn(name) { this.columns.push(name); },
    createColumnFilterWithParameter: (comparison, column, value) => ({ comparison, column, value }),
    getEntityCollection(callback, scope) {
      const rows = globalThis.database(this.rootSchemaName, this.filters.items, this.columns);
      callback.call(scope, rows
        ? { success: true, collection: { each: action => rows.forEach(row => action({ get: column => row[column] })) } }
        : { success: false });
    }
  };
};

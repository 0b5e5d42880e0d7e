// The documented client API of Freedom UI (reference 5.5; academy: "Open a page from a request handler"): subscriptions are promises, a body that is JSON
// text arrives parsed, one that is not is dropped.
var subscriptions = [];
var holdSubscriptions = false;
var failSubscriptions = false;
var held = [];

define("@creatio-devkit/common", [], () => ({
  MessageChannelService: class {
    subscribe(sender, callback) {
      if (failSubscriptions) { return Promise.reject(new Error("no channel")); }
      const subscription = { sender, callback, unsubscribe() { subscriptions = subscriptions.filter(s => s !== subscription); } };
      const stand = resolve => { subscriptions.push(subscription); resolve(subscription); };
      return new Promise(resolve => (holdSubscriptions ? held.push(() => stand(resolve)) : stand(resolve)));
    }
  },
  HandlerChainService: { instance: { process: async request => { opened.push({ ...request, $context: Boolean(request.$context) }); } } }
}));

globalThis.serverSends = (sender, body) => {
  let parsed;
  try {
    parsed = JSON.parse(body);
  } catch {
    return;
  }
  subscriptions.filter(s => s.sender === sender).forEach(s => s.callback({ id: "11111111-1111-4111-8111-111111111111", sender, body: parsed }));
};

var page = {};
var passedOn = [];
var handle = type => {
  const handlers = load("UsrTelephonyHub_Page").handlers.filter(h => h.request === type);
  if (handlers.length !== 1) { throw new Error(handlers.length + " handlers of " + type); }
  return handlers[0].handler({ type, $context: page }, { handle: async request => { passedOn.push(request.type); } });
};

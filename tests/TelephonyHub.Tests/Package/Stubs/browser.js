// A browser tab, as little of it as a card needs.
var window = globalThis;
var errors = [];
var console = { error: (...what) => errors.push(what.join(" ")) };

class Element {
  constructor(tag) {
    this.tagName = tag.toUpperCase();
    this.children = [];
    this.style = { cssText: "" };
    this.attributes = {};
    this.parentNode = null;
    this.own = "";
  }

  set innerHTML(value) { throw new Error("innerHTML would run what a message says"); }
  set textContent(value) { this.own = String(value); this.children = []; }
  get textContent() { return this.own + this.children.map(c => c.textContent).join(" "); }
  setAttribute(name, value) { this.attributes[name] = value; }
  appendChild(child) { child.parentNode = this; this.children.push(child); return child; }
  removeChild(child) {
    if (!this.children.includes(child)) { throw new Error("NotFoundError"); }
    this.children = this.children.filter(c => c !== child);
    child.parentNode = null;
  }

  all() { return [this, ...this.children.flatMap(c => c.all())]; }
}

var document = {
  body: new Element("body"),
  documentElement: { lang: "" },
  visibilityState: "visible",
  createElement: tag => new Element(tag),
  getElementById: id => document.body.all().find(e => e.id === id) ?? null
};

var timers = new Map();
var nextTimer = 1;
var setTimeout = (action, ms) => { timers.set(nextTimer, { action, ms }); return nextTimer++; };
var clearTimeout = timer => timers.delete(timer);
var pass = ms => [...timers].filter(([, t]) => t.ms <= ms).forEach(([id, t]) => { timers.delete(id); t.action(); });

var notifications = [];
globalThis.Notification = class Notification {
  static permission = "default";
  constructor(title, options) { Object.assign(this, { title, options, open: true }); notifications.push(this); }
  close() { this.open = false; }
};

// Asynchronous Module Definition, as the platform loads its schemas.
var modules = {};
var loaded = {};
var define = (name, dependencies, factory) => { modules[name] = { dependencies, factory }; };
var load = name => {
  if (!(name in loaded)) {
    if (!modules[name]) { throw new Error("Script error for " + name); }
    loaded[name] = modules[name].factory(...modules[name].dependencies.map(load));
  }
  return loaded[name];
};

// What the tests ask.
var cards = () => document.getElementById("usr-telephony-hub-cards")?.children ?? [];
var cardTexts = () => JSON.stringify(cards().map(c => c.textContent));
var buttons = () => JSON.stringify(cards().flatMap(c => c.all()).filter(e => e.tagName === "BUTTON").map(e => e.textContent));
var click = label => {
  var button = cards().flatMap(c => c.all()).find(e => e.tagName === "BUTTON" && e.textContent === label);
  if (!button) { throw new Error("No button '" + label + "' among " + buttons()); }
  button.onclick();
};
var opened = [];

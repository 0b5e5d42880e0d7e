// Cards of calls: what the classic bridge and the Freedom UI page have in common. Plain DOM and ES5, so that it runs in every Creatio and BPMSoft.
// A message is taken for what any signed-in user could have sent (browsers may broadcast): it is shown as text, its ids must be GUIDs, no address in it is
// followed.
define("UsrTelephonyHubCards", [], function() {
  "use strict";

  var EVENTS = { ringing: true, answered: true, ended: true };
  var GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
  var EMPTY_GUID = "00000000-0000-0000-0000-000000000000";

  // Milliseconds. The end of a call may be lost; nothing rings for three minutes or talks for four hours.
  var RINGS_AT_MOST = 180000;
  var TALKS_AT_MOST = 14400000;
  var REMEMBERED = 14400000;
  var PLACE = "usr-telephony-hub-cards";

  var TEXTS = {
    ru: {
      ringing: "Входящий звонок", talking: "Идёт разговор", hidden: "Номер скрыт", unknown: "Неизвестный номер", region: "Регион", dialled: "Набран номер", account: "Контрагент",
      type: "Тип", owner: "Ответственный", deal: "Последняя сделка", lastCall: "Последний звонок", missed: "пропущен", answered: "состоялся", notReached: "не дозвонились",
      incoming: "входящий", outgoing: "исходящий", choose: "Номер есть у нескольких: выберите", open: "Открыть", openDeal: "Открыть сделку", create: "Новый контакт", close: "Закрыть"
    },
    en: {
      ringing: "Incoming call", talking: "Talking", hidden: "Number withheld", unknown: "Unknown number", region: "Region", dialled: "Number dialled", account: "Account",
      type: "Type", owner: "Owner", deal: "Last deal", lastCall: "Last call", missed: "missed", answered: "answered", notReached: "not reached",
      incoming: "incoming", outgoing: "outgoing", choose: "Several have this number: choose", open: "Open", openDeal: "Open the deal", create: "New contact", close: "Close"
    }
  };

  function isObject(value) {
    return Object.prototype.toString.call(value) === "[object Object]";
  }

  function text(value) {
    return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 500) : "";
  }

  function id(value) {
    return typeof value === "string" && GUID.test(value) && value !== EMPTY_GUID ? value : null;
  }

  // The classic bridge hands over the whole websocket message with its Body, Freedom UI an event with its parsed body.
  function bodyOf(message) {
    if (!isObject(message)) {
      return message;
    }
    return "Body" in message ? message.Body : "body" in message ? message.body : message;
  }

  function read(message) {
    var body = bodyOf(message);
    if (typeof body === "string") {
      try {
        body = JSON.parse(body);
      } catch (e) {
        return null;
      }
    }
    if (!isObject(body) || typeof body.callId !== "string" || body.callId === "" || body.callId.length > 100) {
      return null;
    }
    var known = Object.prototype.hasOwnProperty.call(EVENTS, body.event);
    return known && typeof body.seq === "number" && body.seq > 0 && Math.floor(body.seq) === body.seq ? body : null;
  }

  function Board(win) {
    this.win = win;
    this.calls = {};
  }

  // host: openRecord(entityName, id), newContact(phone), and optionally language ("ru", "en").
  // Answers what was done: "shown", "talking", "withdrawn", "stale" or "ignored".
  Board.prototype.accept = function(message, host) {
    var card = read(message);
    if (!card) {
      return "ignored";
    }
    this.forget();
    var key = "call " + card.callId;
    var call = this.calls[key];
    if (call && card.seq <= call.seq) {
      return "stale";
    }
    if (!call) {
      call = this.calls[key] = { seq: 0, element: null, closed: false };
    }
    call.seq = card.seq;
    call.at = this.now();
    this.withdraw(call);
    if (card.event === "ended") {
      return "withdrawn";
    }
    if (call.closed) {
      return "ignored";
    }
    this.show(call, card, host);
    return card.event === "ringing" ? "shown" : "talking";
  };

  Board.prototype.now = function() {
    return new Date().getTime();
  };

  Board.prototype.forget = function() {
    var limit = this.now() - REMEMBERED;
    for (var key in this.calls) {
      if (this.calls[key].at < limit && !this.calls[key].element) {
        delete this.calls[key];
      }
    }
  };

  Board.prototype.withdraw = function(call) {
    if (call.element && call.element.parentNode) {
      call.element.parentNode.removeChild(call.element);
    }
    if (call.notification) {
      call.notification.close();
    }
    if (call.timer) {
      this.win.clearTimeout(call.timer);
    }
    call.element = call.notification = call.timer = null;
  };

  Board.prototype.place = function() {
    var doc = this.win.document;
    var place = doc.getElementById(PLACE);
    if (!place) {
      place = doc.createElement("div");
      place.id = PLACE;
      place.style.cssText = "position:fixed;right:16px;bottom:16px;z-index:100000;width:340px;font:14px/1.4 Arial,sans-serif";
      doc.body.appendChild(place);
    }
    return place;
  };

  Board.prototype.show = function(call, card, host) {
    var board = this;
    var rings = card.event === "ringing";
    call.element = new View(this.win.document, host, card).render(rings, function() {
      call.closed = true;
      board.withdraw(call);
    });
    this.place().appendChild(call.element);
    call.timer = this.win.setTimeout(function() {
      board.withdraw(call);
    }, rings ? RINGS_AT_MOST : TALKS_AT_MOST);
    if (rings) {
      this.notify(call, card, host);
    }
  };

  // A manager who looks at another window learns of it, too. The tag makes one notification of those of several tabs.
  Board.prototype.notify = function(call, card, host) {
    var win = this.win;
    if (win.document.visibilityState !== "hidden" || typeof win.Notification !== "function" || win.Notification.permission !== "granted") {
      return;
    }
    call.notification = new win.Notification(words(win.document, host).ringing, { body: [text(card.name), text(card.phone)].join(" ").trim(), tag: card.callId });
    call.notification.onclick = function() {
      win.focus();
    };
  };

  function words(doc, host) {
    var language = String(host.language || doc.documentElement && doc.documentElement.lang || "ru").slice(0, 2).toLowerCase();
    return TEXTS[language] || TEXTS.en;
  }

  function View(doc, host, card) {
    this.doc = doc;
    this.host = host;
    this.card = card;
    this.words = words(doc, host);
  }

  View.prototype.element = function(tag, css, content) {
    var element = this.doc.createElement(tag);
    element.style.cssText = css;
    if (content) {
      element.textContent = content;
    }
    return element;
  };

  View.prototype.line = function(parent, label, value) {
    if (value) {
      parent.appendChild(this.element("div", "color:#444;overflow-wrap:anywhere", label + ": " + value));
    }
  };

  View.prototype.button = function(parent, label, action) {
    var button = this.element("button", "margin:6px 6px 0 0;padding:4px 10px;cursor:pointer", label);
    button.type = "button";
    button.onclick = action;
    parent.appendChild(button);
  };

  View.prototype.render = function(rings, close) {
    var card = this.card;
    var box = this.element("div", "background:#fff;border-left:4px solid " + (rings ? "#0d8a3f" : "#6c6c6c") + ";box-shadow:0 2px 12px rgba(0,0,0,.3);padding:10px 12px;margin-top:8px");
    box.setAttribute("data-call-id", card.callId);
    box.setAttribute("role", rings ? "alert" : "status");
    box.appendChild(this.element("div", "color:#777;font-size:12px", rings ? this.words.ringing : this.words.talking));
    box.appendChild(this.element("div", "font-size:16px;font-weight:bold;overflow-wrap:anywhere", text(card.name) || (card.phone ? this.words.unknown : this.words.hidden)));
    if (card.phone) {
      box.appendChild(this.element("div", "", text(card.phone)));
    }
    if (rings) {
      this.details(box);
    }
    this.actions(box);
    this.button(box, this.words.close, close);
    return box;
  };

  View.prototype.details = function(box) {
    var card = this.card;
    var deal = isObject(card.deal) ? card.deal : {};
    var last = isObject(card.lastCall) ? card.lastCall : {};
    this.line(box, this.words.region, text(card.region));
    this.line(box, this.words.dialled, text(card.dialledNumber));
    this.line(box, this.words.type, text(card.contactType));
    this.line(box, this.words.account, text(card.accountName));
    this.line(box, this.words.owner, text(card.ownerName));
    this.line(box, this.words.deal, [text(deal.title), text(deal.stage)].filter(Boolean).join(", "));
    this.line(box, this.words.lastCall, this.lastCall(last));
  };

  View.prototype.lastCall = function(last) {
    var at = new Date(text(last.at));
    if (!last.at || isNaN(at.getTime())) {
      return "";
    }
    var direction = last.direction === "out" ? this.words.outgoing : this.words.incoming;
    var state = last.state === "missed" ? this.words.missed : last.state === "notReached" ? this.words.notReached : this.words.answered;
    return [at.toLocaleString(), direction, state, text(last.managerName)].filter(Boolean).join(", ");
  };

  View.prototype.actions = function(box) {
    var view = this;
    var card = this.card;
    var choices = Array.isArray(card.choices) ? card.choices.filter(isObject).slice(0, 20) : [];
    if (choices.length > 1) {
      box.appendChild(this.element("div", "margin-top:6px", this.words.choose));
      choices.forEach(function(choice) {
        view.record(box, [text(choice.name), text(choice.accountName), text(choice.ownerName)].filter(Boolean).join(", "), choice);
      });
    } else if (!this.record(box, this.words.open, card) && card.phone) {
      this.button(box, this.words.create, function() {
        view.host.newContact(text(card.phone));
      });
    }
    var deal = id(card.dealId);
    if (deal) {
      this.button(box, this.words.openDeal, function() {
        view.host.openRecord(/^[A-Za-z]{1,50}$/.test(card.dealEntity) ? card.dealEntity : "Opportunity", deal);
      });
    }
  };

  // A contact, else an account; false where there is neither.
  View.prototype.record = function(box, label, of) {
    var view = this;
    var contact = id(of.contactId);
    var found = contact || id(of.accountId);
    if (found) {
      this.button(box, label, function() {
        view.host.openRecord(contact ? "Contact" : "Account", found);
      });
    }
    return Boolean(found);
  };

  return {
    sender: "UsrTelephonyHub",

    // One board a tab: where the bridge and a Freedom UI page both listen, the second copy of a message is stale.
    board: function(win) {
      return win.usrTelephonyHubBoard || (win.usrTelephonyHubBoard = new Board(win));
    }
  };
});

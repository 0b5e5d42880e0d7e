// What the server need not do: ticking seconds, copying, the search key, the player's speed, and coming back after a restart.
(() => {
  "use strict";
  const skew = Number(document.body.dataset.now) - Date.now();

  const lengthOf = seconds => {
    const s = Math.max(0, Math.floor(seconds)), two = n => String(n).padStart(2, "0");
    return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  };

  const tick = () => {
    for (const el of document.querySelectorAll("[data-since]")) {
      const text = lengthOf((Date.now() + skew - Number(el.dataset.since)) / 1000);
      // The text node stays the one that Blazor knows; only its data changes.
      if (el.firstChild && el.firstChild.data !== text) el.firstChild.data = text;
    }
  };
  setInterval(tick, 500);
  new MutationObserver(tick).observe(document.body, { childList: true, subtree: true });

  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.setAttribute("role", "status");
    toast.textContent = document.body.dataset.copied;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 1600);
  };

  document.addEventListener("click", e => {
    const copied = e.target.closest("[data-copy]");
    if (copied) {
      e.preventDefault();
      e.stopPropagation();
      copy(copied.dataset.copy);
      return;
    }
    if (e.target.closest("#blazor-error-ui .reload")) {
      location.reload();
      return;
    }
    const rate = e.target.closest("[data-rate]");
    if (rate) {
      const player = rate.closest(".player");
      player.querySelector("audio").playbackRate = Number(rate.dataset.rate);
      for (const other of player.querySelectorAll("[data-rate]")) other.setAttribute("aria-pressed", String(other === rate));
    }
  }, true);

  // A page that has just opened puts the focus on its heading; whoever was quick to press the search key goes on typing there.
  let searchedAt = 0;
  document.addEventListener("focusin", e => {
    if (e.target.tagName === "H1" && Date.now() - searchedAt < 2000) document.getElementById("hub-search")?.focus();
  });

  document.addEventListener("keydown", e => {
    const inField = e.target.closest("input, textarea, select, [contenteditable]");
    if (e.key === "/" && !inField && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      searchedAt = Date.now();
      document.getElementById("hub-search")?.focus();
    } else if (e.key === "Escape" && e.target.id === "hub-search") {
      e.target.blur();
    }
  });

  // No question before the socket: its answer would have to come from the replica that the socket leads to, and the page would be shown later by one way there and back.
  const webSockets = 1;
  Blazor.start({ circuit: { configureSignalR: builder => builder.withUrl("_blazor", { skipNegotiation: true, transport: webSockets }) } });

  // Blazor reconnects by itself while the circuit lives. Where it is gone (a restart, another replica), the page is loaded again as soon as a hub answers.
  const modal = document.getElementById("components-reconnect-modal");
  let waiting = false;
  const comeBack = async () => {
    try {
      if ((await fetch("/health/live", { cache: "no-store" })).ok) {
        location.reload();
        return;
      }
    } catch { /* still away */ }
    setTimeout(comeBack, 1000);
  };
  new MutationObserver(() => {
    if (!waiting && (modal.classList.contains("components-reconnect-failed") || modal.classList.contains("components-reconnect-rejected"))) {
      waiting = true;
      comeBack();
    }
  }).observe(modal, { attributes: true, attributeFilter: ["class"] });

  window.hub = {
    signOut: async () => {
      const page = await (await fetch("/console/sign-out-token", { cache: "no-store" })).json();
      await fetch("/sign-out", { method: "POST", body: new URLSearchParams({ [page.name]: page.token }), redirect: "manual" });
      location.href = "/sign-in?returnUrl=%2Fconsole";
    },
  };
})();

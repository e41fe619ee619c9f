// What makes the editor of drafts comfortable: keys in the tree, and texts that are saved by themselves.
// Everything can also be done without it, by the forms of the page.
(() => {
  "use strict";
  const find = (query, root = document) => root.querySelector(query);
  const nav = find("#outline"), form = find("#item"), state = find("#state"), said = find("#said");
  const field = form && form.elements.namedItem("text");
  const SOON = 1200, SLOWEST = 60000, PATIENCE = 30000;

  const show = (place, text, address) => {
    if (!place) return;
    place.textContent = text;
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    place.replaceChildren(link);
  };

  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  // --- leaving -------------------------------------------------------------------------------------------------------
  let dirty = false, leaving = false;
  for (const other of document.querySelectorAll("form[data-warn]")) {
    other.addEventListener("input", () => { dirty = true; });
    other.addEventListener("submit", () => { leaving = true; });
  }
  addEventListener("beforeunload", (event) => {
    if ((dirty || pending) && !leaving) event.preventDefault();
  });

  // --- saving --------------------------------------------------------------------------------------------------------
  // What was sent and not acknowledged is sent again as it was, before anything newer: an answer may be lost on the way
  // although its text arrived.
  let pending = null, sending = false, stopped = false, timer = 0, wait = SOON;
  const later = (time) => { clearTimeout(timer); timer = setTimeout(save, time); };

  const mark = (errors) => {
    for (const old of form.querySelectorAll(".error")) old.remove();
    for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
    for (const [name, told] of Object.entries(errors)) {
      const control = find(`[name="${name}"]`, form), place = document.createElement("span");
      place.className = "error";
      place.textContent = told.join(" ");
      if (control) control.setAttribute("aria-invalid", "true");
      if (control && control.type !== "radio") control.before(place);
      else state.after(place);
    }
  };

  const read = async (answer) => {
    const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
    if (answer.ok && json) {
      pending = null;
      wait = SOON;
      mark({});
      form.elements.namedItem("seen").value = json.seen;
      show(state, `${form.dataset.saved} ${json.saved}`);
      if (json.news) {
        const link = document.createElement("a");
        link.href = location.pathname;
        link.textContent = `${form.dataset.news} ${json.news}`;
        state.append(" · ", link);
      }
      const here = nav && find("a[aria-current]", nav);
      if (here) here.replaceChildren(Object.assign(document.createElement("b"), { textContent: json.code }), ` ${json.words.slice(0, 60)}`);
      if (dirty) later(SOON);
    } else if (json && json.where) {
      pending = null;
      stopped = true;
      show(state, json.sentence, json.where);
    } else if (json && json.errors) {
      pending = null;
      dirty = true;
      mark(json.errors);
      show(state, form.dataset.wrong);
    } else if (answer.status === 403) {
      retry(form.dataset.out);
      await renew();
    } else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      // It cannot be saved here any more, however often it is sent: published, removed, not theirs.
      const page = await parsed(answer), why = find(".lead", page) || find("h1", page);
      stopped = dirty = true;
      show(state, `${form.dataset.dirty}. ${why ? why.textContent : ""}`);
    } else {
      retry(form.dataset.failed);
    }
  };

  // Whoever signs in again has another token: what waits takes the one of a page of today.
  const renew = async () => {
    const token = find("#item [name=csrfmiddlewaretoken]", await parsed(await fetch(location.pathname)));
    if (!token) return;
    for (const held of document.querySelectorAll("[name=csrfmiddlewaretoken]")) held.value = token.value;
    if (pending) pending.set("csrfmiddlewaretoken", token.value);
  };

  const retry = (text) => {
    show(state, text);
    wait = Math.min(wait * 2, SLOWEST);
    later(wait);
  };

  async function save() {
    clearTimeout(timer);
    if (sending || stopped || !(dirty || pending)) return;
    if (!pending) {
      pending = new FormData(form);
      dirty = false;
    }
    sending = true;
    show(state, form.dataset.saving);
    try {
      await read(await fetch(form.action, {
        method: "POST", body: pending, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
      }));
    } catch {
      retry(form.dataset.failed);
    } finally {
      sending = false;
    }
  }

  if (form) {
    form.addEventListener("input", () => {
      dirty = true;
      if (stopped) return;
      show(state, form.dataset.dirty);
      later(SOON);
    });
    form.addEventListener("submit", async (event) => {
      if (stopped) { leaving = true; return; }
      event.preventDefault();
      dirty = true;
      await save();
      if (!dirty && !pending) await refresh();
    });
    form.addEventListener("keydown", (event) => {
      const here = nav && find("a[aria-current]", nav);
      if (event.key === "Escape" && here) here.focus();
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    addEventListener("online", () => { if (pending || dirty) later(0); });
  }

  // --- the tree ------------------------------------------------------------------------------------------------------
  const open = () => find("a[aria-current]", nav);
  const reveal = (link) => link && link.scrollIntoView({ block: "nearest" });

  // Takes the tree of another page of this draft; what is open here stays open.
  const take = (page) => {
    const tree = find("#outline", page), walk = find("#walk", page);
    if (!tree || !walk) return false;
    const here = open() && open().getAttribute("href");
    for (const link of tree.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    nav.replaceChildren(...tree.childNodes);
    for (const held of document.querySelectorAll("input[name=tree]")) held.value = walk.elements.namedItem("tree").value;
    const link = here && find(`a[href="${here}"]`, nav);
    if (link) link.setAttribute("aria-current", "page");
    return true;
  };
  const told = (page) => [...page.querySelectorAll(".errors p")].map((each) => each.textContent).join(" ");

  async function refresh() {
    const page = await parsed(await fetch(location.pathname + location.search));
    take(page);
    const bound = find(".bound"), news = find(".bound", page);
    if (bound && news) bound.replaceChildren(...news.childNodes);
  }

  let moving = false;
  async function move(address, step, again) {
    if (moving) return;
    moving = true;
    try {
      const body = new FormData(find("#walk"));
      body.set("step", step);
      const answer = await fetch(`${address}mover/`, { method: "POST", body });
      const page = await parsed(answer);
      show(said, told(page));
      if (!take(page)) await refresh();
      const link = find(`a[href="${address}"]`, nav);
      if (link && again) link.focus();
      reveal(link);
    } catch {
      show(said, nav.dataset.failed);
    } finally {
      moving = false;
    }
  }

  const steps = find("#steps");
  if (steps) {
    steps.addEventListener("submit", (event) => {
      event.preventDefault();
      move(steps.action.replace(/mover\/$/, "").replace(location.origin, ""), event.submitter.value, false);
    });
  }

  const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
  const remember = () => { try { sessionStorage.setItem("walking", "1"); } catch { /* private windows may refuse */ } };
  if (nav) {
    nav.addEventListener("keydown", (event) => {
      const link = event.target.closest(".tree a");
      if (!link || event.ctrlKey || event.metaKey) return;
      const address = link.getAttribute("href"), id = address.split("/").at(-2);
      const links = [...nav.querySelectorAll(".tree a")], at = links.indexOf(link);
      const go = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: links.length - 1 }[event.key];
      if (event.altKey && STEPS[event.key]) move(address, STEPS[event.key], true);
      else if (event.altKey) return;
      else if (go !== undefined) (links[go] || link).focus();
      else if (event.key === "Enter") { remember(); location.assign(`${address}#id_text`); }
      else if (event.key.toLowerCase() === "n") { remember(); location.assign(`${nav.dataset.new}?${event.shiftKey ? "under" : "behind"}=${id}`); }
      else return;
      event.preventDefault();
    });
    reveal(open());
    let walking = "";
    try { walking = sessionStorage.getItem("walking"); sessionStorage.removeItem("walking"); } catch { /* the same */ }
    if (location.hash === "#id_text" && field) field.focus();
    else if (walking && open()) open().focus();
  }
})();

// What makes the grid of a plan comfortable: cells that are saved by themselves, keys and blocks as in a sheet. Where
// there is no blank row (a report, whose rows are cards) nothing is added, and keys and blocks are the browser's own.
// Everything can also be done without it, by the form of the page.
(() => {
  "use strict";
  const form = document.querySelector("#grid");
  if (!form) return;
  const body = form.querySelector("tbody, .rows"), state = form.querySelector("#state"), blank = form.querySelector("#blank");
  const words = form.dataset;
  // Every tab keeps what waits under a key of its own, so that none takes away what another one holds.
  const family = `grid:${words.to}`, key = `${family}:${Date.now()}.${Math.random()}`;
  const SOON = 900, CALM = 4000, SLOWEST = 60000, PATIENCE = 30000, MOST = 300;

  const controls = (row) => [...row.querySelectorAll("input, select, textarea")];
  const at = (name) => { const found = form.elements.namedItem(name); return found && found.name === name ? found : null; };
  const parts = (name) => { const dot = name.indexOf("."); return [Number(name.slice(0, dot)), name.slice(dot + 1)]; };
  const rowOf = (control) => control.closest("tr, .row");
  const say = (text, late) => { state.textContent = [text.trim(), lost].filter(Boolean).join(" · ") + " "; state.classList.toggle("late", Boolean(late || lost)); };
  const make = (tag, attributes, ...inside) => { const made = Object.assign(document.createElement(tag), attributes); made.append(...inside); return made; };

  // --- what is known, what waits, what is on its way ------------------------------------------------------------------
  // base: what stands in the draft as far as we know. pending: cells typed and not sent, each with what its writer saw.
  // sent: what was sent and not acknowledged, which goes again as it was, for an answer may be lost on the way.
  const base = new Map(), stored = new Set();
  let pending = {}, sent = null, next = 1, keeps = true, stopped = false, sending = false, timer = 0, wait = SOON, undo = null, last = state.textContent;
  const aside = new Set(); // numbers of new rows sent before the page was loaded, which stand in it already, or another's do
  let heirs = [], lost = ""; // what other tabs left, and what a paste left out
  const rowsOf = (names) => names.map((name) => parts(name)[0]);

  let keeping = 0;
  const keep = () => { keeping ||= setTimeout(keepNow); }; // once for all cells of a block
  const keepNow = () => {
    clearTimeout(keeping);
    keeping = 0;
    try {
      const going = new Set([...stored, ...(sent || []).map((each) => each.row)]);
      const added = [...new Set(rowsOf(Object.keys(pending)))].filter((row) => !going.has(row));
      if (sent || Object.keys(pending).length) localStorage.setItem(key, JSON.stringify({ sent, pending, added }));
      else localStorage.removeItem(key);
    } catch { keeps = false; }
  };
  const flying = (name) => {
    const [row, field] = parts(name), edit = sent && sent.find((each) => each.row === row && field in each.cells);
    return edit ? edit.cells[field][1] : undefined;
  };
  const known = (name) => flying(name) ?? base.get(name) ?? "";

  const note = (control, name, ...inside) => {
    const cell = control.closest("td, .field");
    for (const old of cell.querySelectorAll(`.${name}`)) old.remove();
    if (inside.length) control.after(make("small", { className: name }, ...inside));
  };
  const mark = (control, fault) => {
    const waits = control.name in pending || flying(control.name) !== undefined;
    control.classList.toggle("waits", waits);
    control.title = waits ? words.dirty : "";
    note(control, "error", ...(fault ? [fault] : []));
    if (fault) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };

  const changed = (control) => {
    const name = control.name, held = pending[name];
    if (!name.includes(".")) return;
    const before = held ? held.before : known(name);
    if (control.value === before && !(held && held.clash)) delete pending[name];
    else pending[name] = { before, after: control.value, ...(held && held.clash ? { clash: held.clash, stuck: true } : {}) };
    // What could not be kept beside this one may be right now.
    for (const other in pending) if (parts(other)[0] === parts(name)[0] && !pending[other].clash) delete pending[other].stuck;
    mark(control);
    keep();
    if (!stopped) {
      say(sent || Object.keys(pending).length ? words.dirty : last);
      later(SOON);
    }
    if (blank && rowOf(control) === body.lastElementChild) addRow();
  };

  // --- sending ---------------------------------------------------------------------------------------------------------
  const later = (time) => { clearTimeout(timer); timer = setTimeout(save, time); };
  const gather = () => {
    const rows = new Map();
    for (const [name, edit] of Object.entries(pending)) {
      const [row, field] = parts(name);
      if (edit.stuck) continue;
      if (!rows.has(row)) rows.set(row, { act: stored.has(row) ? "change" : "add", row, cells: {} });
      rows.get(row).cells[field] = [edit.before, edit.after];
    }
    const said = (each) => each.act === "change" || Object.values(each.cells).some((pair) => pair[1].trim());
    return [...rows.values()].filter(said).sort((one, other) => one.row - other.row).slice(0, MOST);
  };
  const retry = (text) => {
    say(text, true);
    wait = Math.min(wait * 2, SLOWEST);
    later(wait);
  };
  const token = () => form.elements.namedItem("csrfmiddlewaretoken");
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  async function save() {
    clearTimeout(timer);
    if (sending || stopped) return;
    if (!sent) {
      const edits = gather();
      if (!edits.length) return;
      sent = edits;
      for (const each of edits) for (const field of Object.keys(each.cells)) delete pending[`${each.row}.${field}`];
      keep();
    }
    sending = true;
    say(words.saving);
    try {
      const told = new FormData();
      told.set("csrfmiddlewaretoken", token().value);
      told.set("edits", JSON.stringify(sent));
      await read(await fetch(words.to, { method: "POST", body: told, signal: AbortSignal.timeout(PATIENCE) }));
    } catch {
      retry(words.failed);
    } finally {
      sending = false;
    }
  }

  const read = async (answer) => {
    const json = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
    if (answer.ok && json) return take(json);
    if (answer.status === 403 && !json) {
      // Whoever signs in again has another token: what waits takes the one of a page of today.
      retry(words.out);
      const fresh = (await parsed(await fetch(location.href))).querySelector("#grid [name=csrfmiddlewaretoken]");
      if (fresh) token().value = fresh.value;
      return undefined;
    }
    if (answer.status < 400 || answer.status >= 500 || answer.status === 429) return retry(words.failed);
    // It cannot be saved here any more, however often it is sent; what was typed stays on the screen and in this browser.
    stopped = true;
    const why = json ? json.sentence : (await parsed(answer)).querySelector("h1, .lead")?.textContent;
    return say(`${words.dirty}. ${why || ""}`, true);
  };

  const take = (told) => {
    const was = sent;
    sent = null;
    wait = SOON;
    for (const [name, text] of Object.entries(told.cells)) {
      base.set(name, text);
      stored.add(parts(name)[0]);
      if (pending[name]) pending[name].before = text;
      if (pending[name] && pending[name].after === text) delete pending[name];
    }
    if (told.back) takenBack(told.back);
    for (const [name, why] of Object.entries(told.faults)) put(was, name, {}, why);
    for (const { cell, now } of told.clashes) put(was, cell, { clash: { now } });
    for (const each of was) for (const field of Object.keys(each.cells)) settle(`${each.row}.${field}`, told);
    // From the last one on, for each goes up to a number that the next one has just left.
    const numbers = Object.entries(told.numbers).reverse();
    if (!aside.size) for (const [from, to] of numbers) rename(Number(from), to);
    else {
      for (const [from, to] of numbers) {
        if (!stored.has(to)) move(to, next++);
        stored.add(to);
        move(Number(from), to);
      }
      keepNow();
      return location.reload();
    }
    for (const each of was) if (stored.has(each.row)) head(each.row);
    form.dispatchEvent(new CustomEvent("kept", { detail: told }));
    keep();
    const open = Object.values(pending), wrong = Object.keys(told.faults).length;
    if (open.some((each) => each.clash)) say(words.clash, true);
    else if (wrong) say(words.wrong, true);
    else say(last = `${words.saved} ${told.saved}${told.back ? `. ${told.back}` : ""}`);
    if (open.some((each) => !each.stuck)) later(SOON);
    else if (was.some((each) => each.act === "add" || "item" in each.cells || "budget" in each.cells)) setTimeout(refresh, CALM);
    if (!open.length && heirs.length) adopt();
    return undefined;
  };

  // It no longer waits for the executive: that is said in the place where it was said that it does.
  const takenBack = (text) => {
    const place = document.querySelector("#waits") || form.parentNode.insertBefore(make("section", { id: "waits" }), form);
    place.className = "todo warn";
    place.replaceChildren(make("p", { textContent: text }));
  };

  // What could not be kept waits for its writer, unless they went on typing meanwhile.
  const put = (was, name, more, why) => {
    const [row, field] = parts(name), edit = was.find((each) => each.row === row), pair = edit.cells[field];
    if (pending[name] && !more.clash) return;
    pending[name] = { before: pair[0], after: pending[name] ? pending[name].after : pair[1], stuck: true, why, ...more };
  };
  const settle = (name, told) => {
    const control = at(name), edit = pending[name];
    if (!control) return;
    if (!edit && control !== document.activeElement) control.value = base.get(name) ?? control.value;
    if (name in told.says) note(control, "read", ...(told.says[name][0] ? [told.says[name][0].slice(0, 90)] : []));
    mark(control, edit && edit.why);
    if (edit && edit.clash) choose(control, edit);
  };
  const choose = (control, edit) => {
    const { now } = edit.clash, row = rowOf(control), gone = now === null;
    if (gone && row.querySelector(".msg")) return;
    const button = (text, act) => make("button", { type: "button", className: "btn alt", textContent: text, onclick: act });
    const end = (value, before) => {
      note(control, "msg");
      control.value = value;
      base.set(control.name, now);
      delete pending[control.name];
      if (value !== before) pending[control.name] = { before, after: value };
      mark(control);
      keep();
      say(words.dirty);
      later(0);
      control.focus();
    };
    const back = () => {
      note(control, "msg");
      stored.delete(parts(control.name)[0]);
      for (const each of controls(row)) if (!each.readOnly) { pending[each.name] = { before: "", after: each.value }; base.delete(each.name); mark(each); }
      keep();
      later(0);
    };
    const let_go = () => {
      for (const each of controls(row)) delete pending[each.name];
      row.remove();
      keep();
      say("");
    };
    note(control, "msg", ...(gone
      ? [words.gone, button(words.back, back), button(words.let, let_go)]
      : [make("span", { className: "tag warn", textContent: words.now }), ` ${now || words.empty} `, button(words.mine, () => end(control.value, now)), button(words.theirs, () => end(now, now))]));
  };

  // What stands above and below the grid follows it.
  async function refresh() {
    if (sent || Object.keys(pending).length) return;
    try {
      const page = await parsed(await fetch(location.href));
      for (const place of ["#lead", "#lines"]) {
        const old = document.querySelector(place), fresh = page.querySelector(place);
        if (old && fresh) old.replaceChildren(...fresh.childNodes);
      }
    } catch { /* it is only a convenience */ }
  }

  // --- rows ------------------------------------------------------------------------------------------------------------
  const number = (row, given) => {
    row.id = `row-${given}`;
    for (const each of controls(row)) each.name = `${given}.${parts(each.name)[1]}`;
    row.querySelector("th").firstElementChild.textContent = given;
  };
  const addRow = (given) => {
    const row = blank.content.querySelector("tr").cloneNode(true);
    number(row, given || next);
    next = Math.max(next, (given || next) + 1);
    body.append(row);
    return row;
  };
  const head = (given) => {
    const place = document.querySelector(`#row-${given} th`);
    if (place && !place.querySelector("a")) place.replaceChildren(make("a", { href: words.to.replace(/celdas\/$/, `filas/${given}/`), textContent: given }));
  };
  const move = (from, to) => {
    for (const name of Object.keys(pending).filter((each) => parts(each)[0] === from)) {
      pending[`${to}.${parts(name)[1]}`] = pending[name];
      delete pending[name];
    }
  };
  const shift = (row, from, to) => {
    for (const each of controls(row)) {
      const old = each.name, name = `${to}.${parts(old)[1]}`;
      if (base.has(old)) { base.set(name, base.get(old)); base.delete(old); }
    }
    move(from, to);
    next = Math.max(next, to + 1);
    number(row, to);
  };
  const rename = (from, to) => {
    const row = document.querySelector(`#row-${from}`), there = document.querySelector(`#row-${to}`);
    if (!row) return;
    stored.delete(from);
    if (there && stored.has(to)) return row.remove(); // they say the same
    if (there) shift(there, to, next); // a row that was not sent yet makes room
    shift(row, from, to);
    stored.add(to);
    head(to);
  };

  // --- keys ------------------------------------------------------------------------------------------------------------
  const whole = (control) => control.tagName === "SELECT" || (control.selectionStart === 0 && control.selectionEnd === control.value.length);
  const go = (control, down, right) => {
    const row = rowOf(control), rows = [...body.rows], here = controls(row), column = here.indexOf(control);
    let to = rows[rows.indexOf(row) + down];
    if (!to && down > 0 && here.some((each) => each.value)) to = addRow();
    const cell = to && controls(to)[column + right];
    if (!cell) return false;
    cell.focus();
    if (cell.select) cell.select();
    return true;
  };
  body.addEventListener("keydown", (event) => {
    const control = event.target, free = control.tagName !== "SELECT";
    if (!blank || !control.name || event.isComposing) return;
    if (event.key === "Enter" && event.altKey && control.tagName === "TEXTAREA") {
      control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
      changed(control);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) go(control, event.shiftKey ? -1 : 1, 0);
    else if (event.key === "Escape") { control.value = base.get(control.name) ?? ""; changed(control); }
    else if (event.key === "F2" && free) control.setSelectionRange(control.value.length, control.value.length);
    else {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!step || event.shiftKey || event.altKey || event.metaKey) return;
      const upright = step[0] !== 0, list = control.hasAttribute("list"), all = whole(control) && (control.value || !list || !upright);
      const edge = free && !list && control.selectionStart === control.selectionEnd && control.selectionStart === (step[0] + step[1] < 0 ? 0 : control.value.length);
      if (!(event.ctrlKey || (all && (free || !upright)) || edge) || !go(control, ...step)) return;
    }
    event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.key === "s") { event.preventDefault(); later(0); }
    if (event.key === "z" && undo) { event.preventDefault(); takeBack(); }
  });

  // --- blocks of a sheet -----------------------------------------------------------------------------------------------
  const block = (text) => {
    const rows = [[]];
    for (const [, quoted, bare, end] of text.replace(/\r\n?/g, "\n").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g)) {
      rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      if (end === "\n") rows.push([]);
      if (!end) break;
    }
    if (rows.length > 1 && rows.at(-1).every((each) => !each)) rows.pop();
    return rows;
  };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
  const set = (control, text) => {
    if (control.readOnly) return control.value.trim() === text.trim();
    if (control.tagName === "SELECT") {
      const found = [...control.options].find((each) => each.value === text.trim() || fold(each.text) === fold(text));
      if (!found) return false;
      control.value = found.value;
    } else control.value = control.tagName === "INPUT" ? text.replace(/\s+/g, " ").trim() : text;
    changed(control);
    return true;
  };
  const takeBack = () => {
    lost = "";
    for (const [name, text] of undo) { const control = at(name); if (control) { control.value = text; changed(control); } }
    undo = null;
  };
  body.addEventListener("paste", (event) => {
    const control = event.target, text = event.clipboardData.getData("text/plain"), rows = block(text);
    if (!blank || !control.name || (rows.length === 1 && rows[0].length === 1) || (!text.includes("\t") && !whole(control))) return;
    event.preventDefault();
    const column = controls(rowOf(control)).indexOf(control), undone = [], out = [];
    let row = rowOf(control);
    for (const cells of rows) {
      const here = controls(row || (row = addRow()));
      cells.forEach((told, index) => {
        const each = here[column + index];
        if (each) undone.push([each.name, each.value]);
        if ((each && set(each, told)) || !told.trim()) return;
        out.push(`${words.row} ${parts(here[0].name)[0]} “${told.trim().slice(0, 60)}”`);
        if (each) mark(each, `${words.left}: “${told.trim()}”`);
      });
      row = row.nextElementSibling;
    }
    undo = undone;
    lost = out.length ? `${words.left} (${out.length}): ${out.slice(0, 12).join(", ")}${out.length > 12 ? " …" : ""}` : "";
    say(words.pasted);
    state.append(make("button", { type: "button", className: "btn alt", textContent: words.undo, onclick: takeBack }));
  });

  // --- beginning -------------------------------------------------------------------------------------------------------
  const begin = () => {
    for (const row of body.children) {
      const given = Number(row.id.slice(4));
      next = Math.max(next, given + 1);
      if (!blank || row.querySelector("th a")) stored.add(given);
      for (const each of controls(row)) base.set(each.name, stored.has(given) ? each.defaultValue ?? each.value : "");
      for (const each of row.querySelectorAll("select")) base.set(each.name, each.querySelector("[selected]")?.value ?? "");
    }
    try { heirs = Object.keys(localStorage).filter((each) => each.startsWith(family)); } catch { keeps = false; }
    if (!heirs.length) for (const each of body.querySelectorAll("[name]")) if (each.value !== base.get(each.name)) pending[each.name] = { before: base.get(each.name), after: each.value };
    adopt();
    if (sent || Object.keys(pending).length) { say(words.dirty); later(SOON); }
  };
  // What any tab left is taken over. Where two wrote in one cell, the second waits until the first is kept.
  const adopt = () => {
    heirs = heirs.filter((from) => {
      let held = null;
      try { held = JSON.parse(localStorage.getItem(from)); } catch { /* nothing of ours */ }
      if (!held) return false;
      const again = Object.keys(held.pending).filter((name) => !(held.added || []).includes(parts(name)[0]));
      if (sent && held.sent) return true;
      if ([...again, ...typed(held.sent).map(([name]) => name)].some((name) => name in pending || flying(name) !== undefined)) return true;
      restore(held);
      keepNow();
      if (keeps) localStorage.removeItem(from);
      return false;
    });
    if (sent || Object.keys(pending).length) later(SOON);
  };
  const typed = (edits) => (edits || []).flatMap((each) => Object.entries(each.cells).map(([field, pair]) => [`${each.row}.${field}`, pair[1]]));
  const restore = ({ sent: going, pending: open, added = [] }) => {
    const taken = new Set([...stored, ...rowsOf(Object.keys(pending)), ...(sent || []).map((each) => each.row)]), to = {};
    const show = (name, text) => {
      const given = parts(name)[0];
      if (aside.has(given)) return;
      if (blank && !document.querySelector(`#row-${given}`)) addRow(given);
      const control = at(name);
      if (!control) return; // of another view of the columns: it is sent all the same
      control.value = text;
      mark(control);
    };
    sent ||= going;
    for (const { act, row } of going || []) {
      if (act !== "add" || !stored.has(row)) continue;
      aside.add(row);
      for (const each of controls(document.querySelector(`#row-${row}`))) each.disabled = true;
    }
    for (const [name, text] of typed(going)) show(name, text);
    for (const [name, { before, after }] of Object.entries(open)) {
      const [row, field] = parts(name);
      // A new row whose number somebody took meanwhile is another row.
      if (added.includes(row) && taken.has(row)) to[row] ??= parts(controls(addRow())[0].name)[0];
      const now = `${to[row] || row}.${field}`;
      pending[now] = { before, after };
      show(now, after);
    }
  };

  body.addEventListener("input", (event) => { undo = null; lost = ""; changed(event.target); });
  body.addEventListener("focusout", (event) => {
    const control = event.target;
    if (control.name && !(control.name in pending) && flying(control.name) === undefined && base.has(control.name)) control.value = base.get(control.name);
    if (Object.values(pending).some((each) => !each.stuck)) later(SOON);
  });
  form.addEventListener("submit", (event) => {
    if (stopped) return;
    event.preventDefault();
    later(0);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#lines [data-line]");
    const row = link && ([...body.rows].find((each) => !stored.has(Number(each.id.slice(4))) && controls(each).every((one) => !one.value)) || addRow());
    const item = row && controls(row).find((each) => each.name.endsWith(".item"));
    if (!item) return;
    event.preventDefault();
    set(item, link.dataset.line);
    const rest = controls(row).find((each) => each.name.endsWith(".name"));
    rest.focus();
  });
  addEventListener("online", () => { if (sent || Object.keys(pending).length) later(0); });
  addEventListener("pagehide", () => { if (keeping) keepNow(); });
  addEventListener("beforeunload", (event) => { if (!keeps && (sent || Object.keys(pending).length)) event.preventDefault(); });
  begin();
})();

// Keeps what a reviewer notes while they read. Everything can also be done without it, by the buttons of the form.
(() => {
  "use strict";
  const SOON = 700, AGAIN = 5000;
  const waiting = new Set();

  for (const form of document.querySelectorAll("form[data-notes]")) {
    for (const button of form.querySelectorAll("button[data-plain]")) button.hidden = true;
    const timers = new Map(), lines = new Map();

    const fields = (box) => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      for (const field of box.querySelectorAll("[name]")) {
        if (field.type !== "radio" || field.checked) data.append(field.name, field.value);
      }
      return data;
    };

    const show = (box, text, other) => {
      box.querySelector("output").textContent = other ? `${text} ${other}` : text;
    };

    const send = async (box) => {
      const sent = box.dataset.turn;
      try {
        const answer = await fetch(form.dataset.notes, {
          method: "POST", body: fields(box), headers: { Accept: "application/json" }, redirect: "error",
        });
        const told = await answer.json();
        const key = box.dataset.part;
        if (told.marks && key in told.marks) form.elements.namedItem(`was-${key}`).value = told.marks[key];
        if (told.error) show(box, told.error);
        else if (key in told.stored) show(box, form.dataset.other, told.stored[key]);
        else show(box, form.dataset.saved);
        if (counted) count();
        if (sent === box.dataset.turn) waiting.delete(box);
      } catch {
        show(box, form.dataset.unsaved);
        later(box, AGAIN);
      }
    };

    const counted = form.querySelector("[data-count]");
    const count = () => {
      const said = [...form.querySelectorAll("[data-part]")].map((box) =>
        box.querySelector("[type=radio]:checked")?.value || (box.querySelector("textarea").value.trim() && "mend"));
      const told = { "#noted": said.filter(Boolean).length, "#mend": said.filter((each) => each === "mend").length };
      counted.textContent = counted.dataset.count.replace(/#noted|#mend/g, (name) => told[name]);
    };

    const later = (box, time) => {
      clearTimeout(timers.get(box));
      timers.set(box, setTimeout(() => {
        lines.set(box, (lines.get(box) || Promise.resolve()).then(() => send(box)));
      }, time));
    };

    form.addEventListener("input", (event) => {
      const box = event.target.closest("[data-part]");
      if (!box) return;
      box.dataset.turn = String(Number(box.dataset.turn || 0) + 1);
      waiting.add(box);
      later(box, SOON);
    });
    form.addEventListener("submit", () => { waiting.clear(); });
  }

  addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
})();

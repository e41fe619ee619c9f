// Beside grid.js, on the page of a report: what stands on the page follows what was kept.
(() => {
  "use strict";
  const form = document.querySelector("#grid");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  form.addEventListener("kept", ({ detail }) => {
    for (const [id, html] of Object.entries(detail.shown)) {
      at(id)?.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    }
    for (const id of detail.open) if (at(id)) at(id).hidden = false;
    // What somebody is writing in stays where it is.
    for (const id of detail.shut) if (at(id) && !at(id).contains(document.activeElement)) at(id).hidden = true;
  });
})();

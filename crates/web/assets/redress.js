// The common script: the way out, locking when nobody is here, single keys, printing, how far the work has come.
// Nothing here is needed to read a page or to send a form.
"use strict";
(() => {
  const body = document.body;
  const leave = () => location.replace("/out");
  document.querySelectorAll("[data-out]").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); leave(); }));

  let escaped = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - escaped < 700) leave();
    escaped = event.timeStamp;
  });

  // A page that comes back out of the browser's memory is asked for again: the session may have ended.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const idle = Number(body.dataset.idle) * 1000;
  if (idle > 0) {
    let last = Date.now(), told = Date.now();
    const here = () => {
      last = Date.now();
      if (last - told > 60000) { told = last; fetch("/here", { credentials: "same-origin" }).catch(() => {}); }
    };
    for (const sign of ["pointerdown", "pointermove", "keydown", "scroll"]) addEventListener(sign, here, { passive: true });
    setInterval(() => { if (Date.now() - last > idle) location.replace("/locked"); }, Math.min(idle / 4, 5000));
  }

  if (body.dataset.keys) {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target.closest("input, textarea, select, [contenteditable], canvas")) return;
      const found = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)]
        .find((one) => !one.disabled && one.getClientRects().length > 0);
      if (found) { event.preventDefault(); found.click(); }
    });
  }

  document.querySelectorAll("[data-print]").forEach((one) => one.addEventListener("click", () => print()));
  // A letter is printed as it stands in its box, and nothing around it.
  addEventListener("beforeprint", () => document.querySelectorAll("[data-paper]").forEach((one) => {
    document.querySelector(one.dataset.paper).textContent = one.value;
  }));
  const focus = (location.hash && document.getElementById(location.hash.slice(1))) || document.querySelector("[data-focus]");
  if (focus) focus.focus({ preventScroll: false });

  // A picture to search by goes as it is; what comes back says where the posts are.
  const given = document.querySelector("[data-picture]");
  if (given) given.addEventListener("change", async () => {
    const told = document.querySelector("#picture-told"), file = given.files[0];
    if (!file) return;
    told.textContent = given.dataset.looking;
    try {
      const answer = await fetch("/search/picture", { method: "POST", credentials: "same-origin", body: file,
        headers: { "Content-Type": "application/octet-stream", "X-Form": given.dataset.form } });
      const found = await answer.json();
      if (found.at) { location.assign(found.at); return; }
      told.textContent = found.words;
    } catch { told.textContent = given.dataset.failed; }
    given.value = "";
  });

  const working = document.querySelector("[data-working]");
  if (working) {
    const bar = document.querySelector("#bar");
    const ask = async () => {
      try {
        const job = await (await fetch(working.dataset.working, { credentials: "same-origin" })).json();
        if (!job.running) { location.reload(); return; }
        if (job.total) bar.value = Math.min(100, 100 * job.done / job.total); else bar.removeAttribute("value");
      } catch { /* the next try may come through */ }
      setTimeout(ask, 400);
    };
    setTimeout(ask, 300);
  }

  // A page that is being worked out comes sooner than the header asks for it.
  if (document.querySelector("[data-soon]")) setTimeout(() => location.reload(), 300);
})();

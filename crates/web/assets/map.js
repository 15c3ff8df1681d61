// Draws the accounts and their ties on a canvas: ten thousand of them in one path for each colour and shape.
// The tables on the page say the same.
"use strict";
(async () => {
  const canvas = document.querySelector("#map");
  if (!canvas) return;
  const data = await (await fetch("/map/data.json", { credentials: "same-origin" })).json();
  const pen = canvas.getContext("2d"), hover = document.querySelector("#hover");
  const kinds = ["repost", "quote", "reply", "same", "together"];
  let shown = new Set(kinds), scale = 1, mx = 0, my = 0, over = -1, asked = false;
  const size = data.size.map((n) => 2.2 + Math.min(9, Math.sqrt(n)));
  const ties = Object.fromEntries(kinds.map((kind) => [kind, []]));
  data.what.forEach((kind, n) => ties[kind].push(n));
  const roles = { plain: [], credit: [], first: [], kept: [] };
  data.role.forEach((role, n) => roles[role].push(n));

  const draw = () => {
    asked = false;
    const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
    }
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue("--" + name).trim();
    const unit = Math.min(width, height) * 0.46 * scale;
    const px = (n) => width / 2 + mx + data.x[n] * unit, py = (n) => height / 2 + my + data.y[n] * unit;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    for (const kind of kinds) {
      if (!shown.has(kind)) continue;
      pen.beginPath();
      for (const n of ties[kind]) { pen.moveTo(px(data.from[n]), py(data.from[n])); pen.lineTo(px(data.to[n]), py(data.to[n])); }
      pen.strokeStyle = colour(kind === "together" ? "kept" : "quiet");
      pen.globalAlpha = kind === "together" ? 0.8 : data.from.length > 4000 ? 0.14 : 0.4;
      pen.lineWidth = kind === "together" ? 1.6 : 0.8;
      pen.setLineDash(kind === "same" ? [3, 3] : []);
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    for (const role of Object.keys(roles)) {
      pen.beginPath();
      for (const n of roles[role]) {
        const x = px(n), y = py(n), r = size[n] * Math.min(1.6, Math.max(0.7, Math.sqrt(scale))) * (role === "plain" ? 1 : 1.5);
        if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
        if (role === "first") pen.rect(x - r, y - r, 2 * r, 2 * r);
        else if (role === "kept") { pen.moveTo(x, y - 1.3 * r); pen.lineTo(x + 1.3 * r, y); pen.lineTo(x, y + 1.3 * r); pen.lineTo(x - 1.3 * r, y); pen.closePath(); }
        else { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 6.2832); }
      }
      if (role === "credit") { pen.strokeStyle = colour("credit"); pen.lineWidth = 3; pen.stroke(); } else { pen.fillStyle = colour(role); pen.fill(); }
    }
    // Names where there is room for them: the largest first.
    pen.fillStyle = colour("ink"); pen.font = "13px system-ui, sans-serif";
    const taken = [];
    for (let n = 0; n < data.name.length && taken.length < 40; n += 1) {
      if (data.name.length > 60 && scale < 2 && data.role[n] === "plain" && n > 12) continue;
      const x = px(n) + size[n] + 5, y = py(n) + 4, w = pen.measureText(data.name[n]).width;
      if (x < 0 || y < 10 || x + w > width || y > height) continue;
      if (taken.some(([a, b, c]) => x < a + c && a < x + w && Math.abs(b - y) < 15)) continue;
      taken.push([x, y, w]);
      pen.fillText(data.name[n], x, y);
    }
    if (over >= 0) { pen.beginPath(); pen.arc(px(over), py(over), size[over] + 6, 0, 6.2832); pen.strokeStyle = colour("ink"); pen.lineWidth = 2.5; pen.stroke(); }
    canvas.dataset.drawn = data.x.length;
  };
  const ask = () => { if (!asked) { asked = true; requestAnimationFrame(draw); } };

  const near = (event) => {
    const box = canvas.getBoundingClientRect(), unit = Math.min(box.width, box.height) * 0.46 * scale;
    const x = (event.clientX - box.left - box.width / 2 - mx) / unit, y = (event.clientY - box.top - box.height / 2 - my) / unit;
    let best = -1, least = (16 / unit) ** 2;
    for (let n = 0; n < data.x.length; n += 1) {
      const d = (data.x[n] - x) ** 2 + (data.y[n] - y) ** 2;
      if (d < least) { least = d; best = n; }
    }
    return best;
  };
  const zoom = (by, x, y) => {
    const to = Math.min(60, Math.max(0.4, scale * by)), k = to / scale;
    mx = x - (x - mx) * k; my = y - (y - my) * k; scale = to; ask();
  };
  let held = null;
  canvas.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY, 0]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (held) {
      const dx = event.clientX - held[0], dy = event.clientY - held[1];
      mx += dx; my += dy; held = [event.clientX, event.clientY, held[2] + Math.abs(dx) + Math.abs(dy)]; ask(); return;
    }
    const found = near(event);
    if (found !== over) {
      over = found; hover.hidden = found < 0;
      if (found >= 0) hover.textContent = data.name[found] + " · " + data.size[found];
      ask();
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    const moved = held ? held[2] : 99; held = null;
    const found = near(event);
    if (moved < 5 && found >= 0) location.assign("/statements/account?key=" + encodeURIComponent(data.key[found]));
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 60;
    const act = { ArrowLeft: () => { mx += step; }, ArrowRight: () => { mx -= step; }, ArrowUp: () => { my += step; }, ArrowDown: () => { my -= step; }, "+": () => zoom(1.3, 0, 0), "-": () => zoom(1 / 1.3, 0, 0) }[event.key];
    if (act) { event.preventDefault(); act(); ask(); }
  });
  document.querySelector("#filters").addEventListener("change", () => {
    shown = new Set([...document.querySelectorAll("#filters input:checked")].map((box) => box.value)); ask();
  });
  addEventListener("resize", ask);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ask);
  ask();
})();

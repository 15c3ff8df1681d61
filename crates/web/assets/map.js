// Draws the accounts and their ties on a canvas, ten thousand of them, without a long frame: see below.
// The tables on the page say the same.
"use strict";
(async () => {
  const canvas = document.querySelector("#map");
  if (!canvas) return;
  const data = await (await fetch("/map/data.json", { credentials: "same-origin" })).json();
  const hover = document.querySelector("#hover");
  const kinds = ["repost", "quote", "reply", "same", "together"];
  let shown = new Set(kinds), scale = 1, mx = 0, my = 0, over = -1, asked = false;
  // The more accounts, the smaller each, so that they do not hide each other.
  const crowd = Math.max(0.4, Math.min(1, Math.sqrt(1500 / Math.max(1, data.size.length))));
  const size = data.size.map((n) => crowd * (2.2 + Math.min(9, Math.sqrt(n))));
  const ties = Object.fromEntries(kinds.map((kind) => [kind, []]));
  data.what.forEach((kind, n) => ties[kind].push(n));
  const roles = { plain: [], credit: [], first: [], kept: [] };
  data.role.forEach((role, n) => roles[role].push(n));

  // A frame shows the last whole picture, moved and scaled: that costs the same however many accounts there are. A crisp
  // one is made beside it in small pieces, a few thousand strokes a frame, and takes its place when it is whole.
  const PIECE = 1500;
  let front = document.createElement("canvas"), back = document.createElement("canvas"), taken = document.createElement("canvas");
  // `whole`: how the map was held when `front` was made. `making`: the crisp picture on its way. `rest`: frames until it begins.
  let whole = null, making = null, rest = 0, style = null;
  taken.width = taken.height = 1;
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  const place = (v) => {
    const unit = Math.min(v.width, v.height) * 0.46 * v.scale;
    return [(n) => v.width / 2 + v.mx + data.x[n] * unit, (n) => v.height / 2 + v.my + data.y[n] * unit];
  };
  const same = (a, b) => a && b && a.width === b.width && a.height === b.height && a.ratio === b.ratio && a.scale === b.scale
    && a.mx === b.mx && a.my === b.my && a.shown === b.shown && a.dark === b.dark;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const view = () => ({ width: canvas.clientWidth, height: canvas.clientHeight, ratio: devicePixelRatio || 1, scale, mx, my, shown, dark: dark.matches });

  // Makes the crisp picture; each `yield` is the end of a piece.
  function* make(v) {
    back.width = Math.round(v.width * v.ratio); back.height = Math.round(v.height * v.ratio);
    const pen = back.getContext("2d"), [px, py] = place(v);
    const far = (n) => { const x = px(n), y = py(n); return (x < 0) | ((x > v.width) << 1) | ((y < 0) << 2) | ((y > v.height) << 3); };
    pen.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
    for (const kind of kinds) {
      if (!v.shown.has(kind)) continue;
      for (let from = 0; from < ties[kind].length;) {
        pen.beginPath();
        let drawn = 0;
        for (; from < ties[kind].length && drawn < PIECE; from += 1) {
          const n = ties[kind][from], a = data.from[n], b = data.to[n];
          // Both ends beyond one edge: no part of it is seen.
          if (far(a) & far(b)) continue;
          pen.moveTo(px(a), py(a)); pen.lineTo(px(b), py(b)); drawn += 1;
        }
        pen.strokeStyle = colour(kind === "together" ? "kept" : "quiet");
        pen.globalAlpha = kind === "together" ? 0.8 : data.from.length > 4000 ? 0.14 : 0.4;
        pen.lineWidth = kind === "together" ? 1.6 : 0.8;
        pen.setLineDash(kind === "same" && data.from.length <= 4000 ? [3, 3] : []);
        pen.stroke();
        yield;
      }
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    for (const role of Object.keys(roles)) {
      for (let from = 0; from < roles[role].length;) {
        pen.beginPath();
        let drawn = 0;
        for (; from < roles[role].length && drawn < PIECE; from += 1) {
          const n = roles[role][from];
          const x = px(n), y = py(n), r = size[n] * Math.min(1.6, Math.max(0.7, Math.sqrt(v.scale))) * (role === "plain" ? 1 : 1.5);
          if (x < -20 || y < -20 || x > v.width + 20 || y > v.height + 20) continue;
          if (role === "first") pen.rect(x - r, y - r, 2 * r, 2 * r);
          else if (role === "kept") { pen.moveTo(x, y - 1.3 * r); pen.lineTo(x + 1.3 * r, y); pen.lineTo(x, y + 1.3 * r); pen.lineTo(x - 1.3 * r, y); pen.closePath(); }
          else { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 6.2832); }
          drawn += 1;
        }
        if (role === "credit") { pen.strokeStyle = colour("credit"); pen.lineWidth = 3; pen.stroke(); } else { pen.fillStyle = colour(role); pen.fill(); }
        yield;
      }
    }
    // Names where there is room for them: the largest first.
    pen.fillStyle = colour("ink"); pen.font = "13px system-ui, sans-serif";
    pen.strokeStyle = colour("card"); pen.lineWidth = 3; pen.lineJoin = "round";
    const room = [];
    for (let n = 0; n < data.name.length && room.length < 40; n += 1) {
      if (data.name.length > 60 && v.scale < 2 && data.role[n] === "plain" && n > 12) continue;
      const x = px(n) + size[n] + 5, y = py(n) + 4;
      if (x < 0 || y < 10 || x > v.width || y > v.height) continue;
      const w = pen.measureText(data.name[n]).width;
      if (x + w > v.width || room.some(([a, b, c]) => x < a + c && a < x + w && Math.abs(b - y) < 15)) continue;
      room.push([x, y, w]);
      pen.strokeText(data.name[n], x, y); pen.fillText(data.name[n], x, y);
    }
  }

  // Shows the last whole picture as the map is held now, and the account under the pointer.
  const show = (v) => {
    const pen = canvas.getContext("2d");
    const width = Math.round(v.width * v.ratio), height = Math.round(v.height * v.ratio);
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    const k = v.scale / whole.scale * Math.min(v.width, v.height) / Math.min(whole.width, whole.height);
    pen.setTransform(v.ratio * k, 0, 0, v.ratio * k, v.ratio * (v.width / 2 + v.mx - (whole.width / 2 + whole.mx) * k), v.ratio * (v.height / 2 + v.my - (whole.height / 2 + whole.my) * k));
    pen.drawImage(front, 0, 0, whole.width, whole.height);
    if (over >= 0) {
      const [px, py] = place(v);
      pen.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
      pen.beginPath(); pen.arc(px(over), py(over), size[over] + 6, 0, 6.2832);
      pen.strokeStyle = colour("ink"); pen.lineWidth = 2.5; pen.stroke();
    }
  };

  const frame = () => {
    asked = false;
    style = getComputedStyle(document.documentElement);
    const v = view();
    if (v.width === 0) return;
    // While the map is moved only the last picture is shown; the crisp one begins when it has come to rest.
    if (same(v, whole)) making = null;
    else if (!(making && same(v, making.view))) { making = { view: v, steps: make(v) }; rest = whole ? 8 : 0; }
    if (whole) show(v);
    if (making) ask();
  };
  const step = () => {
    if (!making) return;
    if (rest > 0) { rest -= 1; return; }
    if (making.steps.next().done) {
      [front, back] = [back, front];
      whole = making.view; making = null;
      show(view());
      canvas.dataset.drawn = data.x.length;
      if (!canvas.dataset.first) canvas.dataset.first = Math.round(performance.now());
    } else {
      // Taking one point of it makes the browser paint this piece now and not all of them at the end.
      taken.getContext("2d").drawImage(back, 0, 0, 1, 1);
    }
  };
  const ask = () => { if (!asked) { asked = true; requestAnimationFrame(() => { frame(); step(); }); } };

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

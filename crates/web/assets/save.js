// Files and folders are sent one by one, each with how far it has come and what became of it.
"use strict";
(() => {
  const drop = document.querySelector("#drop"), list = document.querySelector("#list"), progress = document.querySelector("#progress");
  const after = document.querySelector("#after"), words = drop.dataset;
  const waiting = [];
  let all = 0, done = 0, busy = false;

  const line = (name) => {
    const item = document.createElement("li");
    const sign = item.appendChild(document.createElement("span"));
    const title = item.appendChild(document.createElement("span"));
    const bar = item.appendChild(document.createElement("progress"));
    const became = item.appendChild(document.createElement("span"));
    sign.className = "sign"; sign.setAttribute("aria-hidden", "true"); sign.textContent = "·";
    title.className = "name"; title.textContent = name;
    became.className = "became"; bar.max = 1; bar.value = 0; bar.setAttribute("aria-label", name);
    list.prepend(item);
    return { item, sign, bar, became };
  };

  const send = (file, name) => new Promise((resolve) => {
    const shown = line(name);
    const request = new XMLHttpRequest();
    request.open("POST", "/save/file?name=" + encodeURIComponent(name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Form", words.form);
    shown.became.textContent = words.sending;
    request.upload.onprogress = (event) => { if (event.lengthComputable) shown.bar.value = event.loaded / event.total; };
    request.upload.onload = () => { shown.bar.removeAttribute("value"); shown.became.textContent = words.reading; };
    request.onloadend = () => {
      shown.bar.remove();
      let told = { became: "refused", words: words.failed, troubles: [] };
      if (request.status === 200) { try { told = JSON.parse(request.responseText); } catch { /* told stays */ } }
      shown.sign.textContent = { kept: "✓", there: "=", refused: "✕" }[told.became] || "·";
      shown.item.dataset.became = told.became;
      shown.became.textContent = told.words;
      for (const trouble of told.troubles) {
        const one = shown.item.appendChild(document.createElement("span"));
        one.className = "trouble"; one.textContent = trouble;
      }
      if (told.asks) {
        const asked = shown.item.appendChild(document.createElement("span"));
        const link = document.createElement("a");
        asked.className = "asks"; link.href = "/dates"; link.textContent = words.answer;
        asked.append(told.asks + " ", link);
      }
      if (told.became !== "refused") after.hidden = false;
      resolve();
    };
    request.send(file);
  });

  const go = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const [file, name] = waiting.shift();
      progress.textContent = words.left.replace("{done}", done).replace("{all}", all);
      await send(file, name);
      done += 1;
      progress.textContent = words.left.replace("{done}", done).replace("{all}", all);
    }
    busy = false;
    list.dataset.done = done;
  };
  const add = (file, name) => { waiting.push([file, name]); all += 1; };

  const walk = (entry, path) => new Promise((resolve) => {
    if (entry.isFile) {
      entry.file((file) => { add(file, path + file.name); resolve(); }, () => resolve());
    } else {
      const reader = entry.createReader();
      const more = () => reader.readEntries(async (entries) => {
        if (entries.length === 0) { resolve(); return; }
        for (const one of entries) await walk(one, path + entry.name + "/");
        more();
      }, () => resolve());
      more();
    }
  });

  for (const id of ["files", "folder"]) {
    document.getElementById(id).addEventListener("change", (event) => {
      for (const file of event.target.files) add(file, file.webkitRelativePath || file.name);
      event.target.value = "";
      go();
    });
  }
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    for (const entry of entries) await walk(entry, "");
    go();
  });
  addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
})();

// Click a value, see its place on the scan. Without this script the same links load the page anew.
"use strict";
(() => {
  const places = JSON.parse(document.getElementById("places").textContent);
  const raw = document.getElementById("raw");
  // Offsets count code points, strings count UTF-16 units.
  const letters = raw ? Array.from(raw.textContent) : [];
  const said = document.getElementById("said");
  document.documentElement.classList.add("scripted");

  function drawBoxes(found) {
    let first = null;
    for (const figure of document.querySelectorAll(".scan figure")) {
      const svg = figure.querySelector("svg");
      if (!svg) continue;
      svg.replaceChildren();
      for (const place of found) {
        if (!place.box || String(place.page) !== figure.dataset.page) continue;
        const [x0, y0, x1, y1] = place.box;
        const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        const sides = { x: x0 - 6, y: y0 - 6, width: x1 - x0 + 12, height: y1 - y0 + 12, rx: 6 };
        for (const [name, value] of Object.entries(sides)) rect.setAttribute(name, value);
        svg.append(rect);
        first = first || rect;
      }
    }
    return first;
  }

  function markRaw(found) {
    const start = found[0].raw[0];
    const end = found[found.length - 1].raw[1];
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, end).join("");
    raw.replaceChildren(letters.slice(0, start).join(""), mark, letters.slice(end).join(""));
    return mark;
  }

  function show(key, link) {
    const found = places[key];
    if (!found) return false;
    for (const old of document.querySelectorAll("[aria-current=true]")) old.removeAttribute("aria-current");
    for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
    for (const same of document.querySelectorAll(`a[data-key="${CSS.escape(key)}"]`)) same.setAttribute("aria-current", "true");
    if (link && link.tagName !== "A") link.classList.add("here");
    const target = raw ? markRaw(found) : drawBoxes(found);
    if (target) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      target.scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "auto" : "smooth" });
    }
    const figure = document.getElementById("scan-" + found[0].page);
    said.textContent = figure ? figure.querySelector("figcaption").textContent : "";
    const address = new URL(location);
    address.searchParams.set("show", key);
    address.hash = "";
    history.replaceState(null, "", address);
    return true;
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-key]");
    if (link && show(link.dataset.key, link)) event.preventDefault();
  });
  const asked = new URLSearchParams(location.search).get("show");
  if (asked) show(asked, null);
})();

// Asks the server how full the page is, a second after the last key. Without it, each saved draft says so.
(() => {
  const WAIT = 800;
  const fields = ["title", "summary", "body"];

  const start = (gauge) => {
    const form = gauge.closest("form");
    const bar = gauge.querySelector("progress");
    const words = gauge.querySelector("[role=status]");
    let timer;
    let asked = 0;

    const ask = async () => {
      const mine = ++asked;
      const data = new FormData();
      for (const name of fields) data.set(name, form.elements[name]?.value ?? "");
      const token = form.elements.csrfmiddlewaretoken.value;
      const answer = await fetch(gauge.dataset.gauge, { method: "POST", body: data, headers: { "X-CSRFToken": token } }).catch(() => null);
      if (!answer?.ok || mine !== asked) return;
      const told = await answer.json();
      bar.value = Math.min(told.percent, 100);
      gauge.dataset.over = told.percent > 100 ? "yes" : "no";
      if (words.textContent !== told.words) words.textContent = told.words;
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    // The editor keeps its text to itself until it copies it into the field: listen to it, once it is there.
    const listen = (tries) => {
      const editor = form.elements.body?.codemirror;
      if (editor) editor.on("change", later);
      else if (tries) setTimeout(listen, 100, tries - 1);
    };
    listen(100);
  };

  const begin = () => document.querySelectorAll("[data-gauge]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

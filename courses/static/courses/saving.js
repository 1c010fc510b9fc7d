// Says beside each question whether its answer is saved, tries again what was not, and shows the time that is left.
(() => {
  const AGAIN = 4000;
  const unsaved = new Set();
  const connection = () => document.getElementById("connection");

  const say = (element, text) => {
    const status = document.getElementById(element.dataset?.saved);
    if (!status) return;
    const seen = status.querySelector("input");
    status.textContent = text;
    if (seen) status.prepend(seen);
  };

  const lost = (event) => {
    unsaved.add(event.target);
    say(event.target, "Not saved yet: the server cannot be reached.");
    connection().hidden = false;
  };

  const again = () => unsaved.forEach((element) => htmx.trigger(element, "again"));

  document.addEventListener("htmx:beforeRequest", (event) => say(event.target, "Saving …"));
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    unsaved.delete(event.target);
    if (connection() && !unsaved.size) connection().hidden = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    if (status >= 500) return lost(event);
    unsaved.delete(event.target);
    say(event.target, `Not saved: ${status === 409 ? responseText : "reload the page and answer again."}`);
  });
  window.addEventListener("online", again);
  setInterval(again, AGAIN);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });

  const clock = document.querySelector("[data-seconds]");
  if (clock) {
    const words = clock.textContent;
    const end = performance.now() + Number(clock.dataset.seconds) * 1000;
    const tick = () => {
      const left = Math.max(Math.round((end - performance.now()) / 1000), 0);
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left. `;
      if (left < 86400) clock.textContent = text + words;
      if (left === 0) document.getElementById("sitting").requestSubmit();
      else setTimeout(tick, 1000);
    };
    tick();
  }
})();

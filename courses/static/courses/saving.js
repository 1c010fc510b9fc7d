// Says beside the question when an answer could not be saved: htmx itself shows only what succeeded.
(() => {
  const LOST = "Not saved: the server cannot be reached. Choose again, or submit once you are connected.";

  const say = (event, text) => {
    const status = document.getElementById(event.target.dataset?.saved);
    if (status) status.textContent = text;
  };

  document.addEventListener("htmx:beforeRequest", (event) => say(event, "Saving …"));
  document.addEventListener("htmx:sendError", (event) => say(event, LOST));
  document.addEventListener("htmx:timeout", (event) => say(event, LOST));
  document.addEventListener("htmx:responseError", (event) => {
    const { status, responseText } = event.detail.xhr;
    say(event, `Not saved: ${status === 409 ? responseText : "reload the page and choose again."}`);
  });
})();

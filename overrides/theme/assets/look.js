// Puts the reader's settings on <html> before anything is drawn, so that no other look flashes up.
(() => {
  const root = document.documentElement;
  const KEY = "look";
  const LARGE = { size: "150", scheme: "black-on-white" };

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null; // blocked, or not ours
    }
  }

  /** Whether the address asks for the low-vision version. */
  function asked() {
    return location.hash === "#low-vision";
  }

  function wear() {
    Object.assign(root.dataset, kept() ?? (asked() ? LARGE : {}));
  }

  /** Keep the settings that <html> wears; returns whether the browser does. */
  function keep(settings) {
    try {
      localStorage.setItem(KEY, JSON.stringify(settings));
      return true;
    } catch {
      return false;
    }
  }

  root.classList.replace("no-js", "js");
  wear();
  window.look = { asked, keep, wear };
})();

// Puts the reader's settings on <html> before anything is drawn, so that no other look flashes up.
(() => {
  const root = document.documentElement;
  const KEY = "disclosure-look";
  const USUAL = { size: "100", scheme: "usual", images: "on", letters: "usual", lines: "usual", face: "sans" };
  const LARGE = { size: "150", scheme: "black-on-white" };

  /** The settings that a reader chose, of those there are. */
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY)) ?? {};
      return Object.fromEntries(Object.entries(found).filter(([name]) => name in USUAL));
    } catch {
      return {}; // blocked, or not ours
    }
  }

  /** Whether the address asks for the low-vision version. */
  function asked() {
    return location.hash === "#low-vision";
  }

  /** Wear what the reader chose; where nothing was chosen, what the address asks for. */
  function wear() {
    Object.assign(root.dataset, USUAL, asked() ? LARGE : {}, kept());
  }

  /** Keep the settings that are not the usual ones; returns whether the browser does. */
  function keep(settings) {
    const chosen = Object.entries(settings).filter(([name, value]) => value !== USUAL[name]);
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(chosen)));
      return true;
    } catch {
      return false;
    }
  }

  root.classList.replace("no-js", "js");
  wear();
  window.look = { asked, keep, wear };
})();

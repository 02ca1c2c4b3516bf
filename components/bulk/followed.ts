const KEY = "lockstep.bulk-action";
const listeners = new Set<() => void>();

/** Calls back when the page begins or ends to follow a bulk action, also in another tab. */
export function onFollowed(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The id of the bulk action that the page shows; null for none. It survives a reload. */
export function followed(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null; // The browser keeps nothing for this page.
  }
}

/** Shows this bulk action, or none, on every page. */
export function follow(id: string | null): void {
  try {
    if (id === null) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, id);
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

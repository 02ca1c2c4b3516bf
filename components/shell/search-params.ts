/**
 * Changes parameters of the address without a request to the server (Next follows the History API).
 * Null removes a parameter; an empty text is written without `=`.
 */
export function pushSearch(changes: Readonly<Record<string, string | null | undefined>>): void {
  const search = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString().replace(/=(?=&|$)/g, "");
  window.history.pushState(null, "", text === "" ? window.location.pathname : `?${text}`);
}

const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 5_000;

/**
 * A part of the interface that is loaded when it is needed; where the server cannot be reached just
 * then, again and again. One part that fails to load would take the whole page down with it.
 */
export function loadAgain<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, MOST_WAIT_MS)) {
      try {
        return await load();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
}

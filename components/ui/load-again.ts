const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 5_000;

/**
 * Loads a part of the interface on demand, and tries again for as long as the server cannot be reached,
 * because one part that fails to load would break the whole page.
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

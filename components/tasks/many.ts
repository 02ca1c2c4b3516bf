/** The number of requests that one bulk action sends at a time. */
const AT_ONCE = 6;

export interface Failure<Item> {
  item: Item;
  error: Error;
}

export interface Success<Item, Result> {
  item: Item;
  result: Result;
}

/** Runs the action for many items, a few at a time. A failure does not stop the other items. */
export async function forEachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  onProgress: (done: number) => void = () => undefined,
): Promise<{ done: Success<Item, Result>[]; failed: Failure<Item>[] }> {
  const done: Success<Item, Result>[] = [];
  const failed: Failure<Item>[] = [];
  let next = 0;
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      try {
        done.push({ item, result: await work(item) });
      } catch (error) {
        failed.push({ item, error: error instanceof Error ? error : new Error(String(error)) });
      }
      onProgress(done.length + failed.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { done, failed };
}

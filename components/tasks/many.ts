/** Requests of one bulk action under way at a time. */
const AT_ONCE = 6;

export interface Failure<Item> {
  item: Item;
  error: Error;
}

/** Does the same to many, a few at a time; one that fails keeps none of the others from it. */
export async function forEachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  onProgress: (done: number) => void = () => undefined,
): Promise<{ done: Item[]; failed: Failure<Item>[] }> {
  const done: Item[] = [];
  const failed: Failure<Item>[] = [];
  let next = 0;
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      try {
        await work(item);
        done.push(item);
      } catch (error) {
        failed.push({ item, error: error instanceof Error ? error : new Error(String(error)) });
      }
      onProgress(done.length + failed.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { done, failed };
}

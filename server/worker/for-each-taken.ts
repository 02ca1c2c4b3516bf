/**
 * Takes each item out of the set and works on it. An item that is added again meanwhile stays for the
 * next call, and so does an item whose work failed.
 */
export async function forEachTaken<T>(set: Set<T>, work: (item: T) => Promise<void>): Promise<void> {
  for (const item of [...set]) {
    // Before the work, which may be too late to see what an item is added for from now on.
    set.delete(item);
    try {
      await work(item);
    } catch (error) {
      set.add(item);
      throw error;
    }
  }
}

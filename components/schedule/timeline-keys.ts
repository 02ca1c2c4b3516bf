interface TimelineKeys {
  count: number;
  /** The row that the keys act on; -1 when there is none yet. */
  active: number;
  rowsPerPage(): number;
  onMove(index: number): void;
  onOpen(index: number): void;
  onStep(spans: number): void;
}

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "preventDefault">;

/**
 * The keys of the timeline, which is a single stop of the Tab key. Up and down (k and j), Page Up, Page Down, Home and End
 * move from row to row; Enter, e or o opens; left and right move the time.
 */
export function timelineKeys({ count, active, rowsPerPage, onMove, onOpen, onStep }: TimelineKeys) {
  return (event: Key) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const to = moveOf(event.key, active, count, rowsPerPage);
    if (to !== undefined) onMove(Math.max(0, Math.min(count - 1, to)));
    else if (["Enter", "e", "o"].includes(event.key) && active !== -1) onOpen(active);
    else if (event.key === "ArrowLeft") onStep(-1);
    else if (event.key === "ArrowRight") onStep(1);
    else return;
    event.preventDefault();
  };
}

function moveOf(key: string, active: number, count: number, rowsPerPage: () => number): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = stepOf(key, rowsPerPage);
  return step === undefined ? undefined : active === -1 ? 0 : active + step;
}

function stepOf(key: string, rowsPerPage: () => number): number | undefined {
  if (key === "ArrowDown" || key === "j") return 1;
  if (key === "ArrowUp" || key === "k") return -1;
  if (key === "PageDown") return rowsPerPage();
  return key === "PageUp" ? -rowsPerPage() : undefined;
}

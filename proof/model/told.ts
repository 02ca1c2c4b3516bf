import type { Side } from "../../lib/sync/types.ts";
import { GONE, type Leaf, LEAVES, type Value } from "./leaves.ts";

type Leaves = ReadonlyMap<Leaf, Value>;

/** What the history says of one task at one moment. */
export interface ToldChange {
  task: string;
  /** Whether a person made it in the row, or a run carried it. */
  kind: "row" | "run";
  by: string;
  /** The sides that were changed. */
  sides: readonly Side[];
  /** Null: there was no task. */
  before: Leaves | null;
  after: Leaves | null;
}

export interface ToldConflict {
  id: string;
  task: string;
  file: Leaves | null;
  database: Leaves | null;
  /** Null as long as nobody has chosen. */
  choice: string | null;
  by: string | null;
}

/** The history as the subject keeps it. */
export interface History {
  changes: readonly ToldChange[];
  conflicts: readonly ToldConflict[];
  /** The runs that were undone. */
  undone: ReadonlySet<string>;
  /** Whether edits of rows are in it; in memory there is nothing that notes them. */
  tellsRows: boolean;
}

interface RowEdit {
  task: string;
  by: string;
  before: Leaves | null;
  after: Leaves | null;
}

/** A value that Lockstep put on a side. */
interface Write {
  side: Side;
  task: string;
  leaf: Leaf;
  from: Value;
  to: Value;
  /** The side of the person who gave the value. */
  author: Side;
}

/** Who decides and undoes in stories, as the history names them. */
export const ADA = "ada";

/** What the history has to tell, as a witness has seen it. */
export class Told {
  private readonly rowEdits: RowEdit[] = [];
  private readonly writes: Write[] = [];
  private readonly decisions = new Map<string, string>();
  private readonly undone = new Set<string>();
  /**
   * A run was killed after it had written the file, and the file was edited before the next run. What it wrote is
   * told as an edit of its author only, or in what the run had decided.
   */
  isKilledLate = false;
  /** Whether a person has asked for changes by name, so that not every change of a row is the file's. */
  isAsked = false;

  rowEdited(edit: RowEdit): void {
    this.rowEdits.push(edit);
  }

  wrote(write: Write): void {
    this.writes.push(write);
  }

  decided(conflict: string, choice: string): void {
    this.decisions.set(conflict, choice);
  }

  undid(run: string): void {
    this.undone.add(run);
  }

  /** @returns findings: what happened and is not told. */
  untold(history: History): string[] {
    const findings = new Set<string>();
    for (const write of this.writes) {
      const mayBeItsAuthors = this.isKilledLate && write.side === "file";
      const isItsAuthors = mayBeItsAuthors && write.author === "database";
      const isTold = mayBeItsAuthors
        ? (isItsAuthors && !history.tellsRows) || mentions(history, { ...write, from: write.to })
        : history.changes.some((change) => this.tells(change, write, history));
      if (!isTold) findings.add(`not told: ${leafOf(write)} in the ${write.side} became ${write.to}`);
      // A tick that met a deletion goes with the task (SPEC, 7).
      const isTick = write.leaf === "status" && write.to === GONE;
      const isKnown = (write.side === "file" && !isItsAuthors) || history.tellsRows;
      if (isKnown && !isTick && !mentions(history, write))
        findings.add(`not told: ${leafOf(write)} in the ${write.side} was ${write.from} before`);
    }
    for (const [id, choice] of this.decisions) {
      const conflict = history.conflicts.find((each) => each.id === id);
      if (conflict?.choice !== choice || conflict.by !== ADA)
        findings.add(`not told: conflict ${id} was decided as ${choice} by ${ADA}`);
    }
    for (const run of this.undone)
      if (!history.undone.has(run)) findings.add(`not told: run ${run} was undone`);
    return [...findings, ...(history.tellsRows ? this.untoldRows(history) : [])];
  }

  private tells({ kind, task, sides, after, by }: ToldChange, write: Write, { conflicts }: History): boolean {
    // Where an undo brings a conflict back, each side says what the conflict says of it.
    const says = [after, ...conflicts.filter((each) => each.task === task).map((each) => each[write.side])];
    const isIt =
      kind === "run" &&
      task === write.task &&
      sides.includes(write.side) &&
      says.some((leaves) => valueOf(leaves, write.leaf) === write.to);
    const isFromFile = write.side === "database" && write.author === "file" && !this.isAsked;
    return isIt && (!isFromFile || by === "file");
  }

  /** Each edit of a row has an entry of its own, with all that it changed. */
  private untoldRows({ changes }: History): string[] {
    const left = changes.filter(({ kind }) => kind === "row");
    return this.rowEdits.flatMap((edit) => {
      const at = left.findIndex((entry) => isSame(entry, edit));
      if (at >= 0) left.splice(at, 1);
      return at >= 0 ? [] : [`not told: ${edit.by} has edited ${edit.task} in the database`];
    });
  }
}

function isSame(entry: ToldChange, edit: RowEdit): boolean {
  return (
    entry.task === edit.task &&
    (edit.by === "sql" ? entry.by.startsWith("sql:") : entry.by === edit.by) &&
    LEAVES.every(
      (leaf) =>
        valueOf(entry.before, leaf) === valueOf(edit.before, leaf) &&
        valueOf(entry.after, leaf) === valueOf(edit.after, leaf),
    )
  );
}

/** Whether the value that was replaced can be found in what the history says of the task. */
function mentions({ changes, conflicts }: History, { task, leaf, from }: Write): boolean {
  const says = (leaves: Leaves | null) => valueOf(leaves, leaf) === from;
  return (
    changes.some((change) => change.task === task && (says(change.before) || says(change.after))) ||
    conflicts.some((conflict) => conflict.task === task && (says(conflict.file) || says(conflict.database)))
  );
}

function valueOf(leaves: Leaves | null, leaf: Leaf): Value {
  return leaves?.get(leaf) ?? GONE;
}

function leafOf({ leaf, task }: Write): string {
  return `${leaf} of ${task}`;
}

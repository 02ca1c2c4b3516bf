import type { Ownership, Side } from "../../lib/sync/types.ts";
import { GONE, type Leaf, type Value } from "./leaves.ts";

/** One value that a person gave a leaf, on one side. */
export interface Version {
  value: Value;
  side: Side;
  /** An author who saw this value has put another in its place, or chose against it. */
  replaced: boolean;
  /** Of an edit that the field's owner overrules: what its author saw. */
  over?: Version;
  /**
   * An author who saw this very value on the other side has put another in its place. A run may have looked in
   * between and have taken both for one edit, so it may be missing; where none has, it is in conflict with the other.
   */
  seenBeside?: true;
  /** The file's own text has said so; in a field that the database owns it need not. */
  stoodInFile?: true;
  /** An undo has put it back, of whichever side it was. */
  byUndo?: true;
}

/**
 * All values that one leaf of one task ever had. An edit replaces the value that its author saw. A value that
 * was never replaced is a head. This is the whole idea of the model: no head may be missing.
 */
export class LeafVersions {
  readonly all: Version[];
  readonly shown: Record<Side, Version>;
  /** What both sides showed after a run. */
  private agreed: Version;
  /** What Lockstep has put on a side since then: both sides said so at that moment. */
  private carried: Version | null = null;
  /** Whether the file's own text says what the file shows. */
  private textAgrees = true;

  constructor(readonly leaf: Leaf) {
    // Before its creation a task is gone on both sides, which needs no keeping.
    const never: Version = { value: GONE, side: "file", replaced: true };
    this.all = [never];
    this.shown = { file: never, database: never };
    this.agreed = never;
  }

  /**
   * A run has ended: where both sides show the same, that is what they agree on.
   * @param unseenFrom the number of the first value that the run need not have seen.
   */
  agree(unseenFrom: number): void {
    const { file, database } = this.shown;
    const isUnseen =
      this.carried === null && [file, database].some((each) => this.all.indexOf(each) >= unseenFrom);
    this.agreed = this.carried ?? this.agreed;
    this.carried = null;
    if (file.value !== database.value) return;
    if (isUnseen) {
      // Whether it was one edit to the run or none is not known.
      file.seenBeside = true;
      database.seenBeside = true;
      return;
    }
    this.agreed = file;
    if (file === database) return;
    // The same edit on both sides is one edit.
    file.replaced &&= database.replaced;
    database.replaced = true;
    delete file.seenBeside;
    this.shown.database = file;
  }

  /** What is agreed is an earlier value. */
  agreeOn(value: Value): void {
    this.agreed = this.all.findLast((version) => version.value === value) ?? this.agreed;
  }

  /** What both sides showed after the last run that brought them together. */
  get agreedValue(): Value {
    return this.agreed.value;
  }

  get heads(): Version[] {
    return this.all.filter((version) => !version.replaced);
  }

  /** Whether two authors disagree, not having seen each other's value. */
  get disputed(): boolean {
    return new Set(this.heads.map(({ value }) => value)).size > 1;
  }

  /**
   * A person on this side gives the leaf a value, having seen what the side shows.
   * @param isOlder whether an older text came back, so that they have not seen what the database has brought there.
   */
  edit(side: Side, value: Value, ownership: Ownership, isOlder = false): void {
    const seen = this.shown[side];
    if (seen.value === value) return;
    if (value === this.agreed.value) {
      // Changed and changed back: no edit, whatever the other side has done meanwhile.
      const other = this.shown[side === "file" ? "database" : "file"];
      seen.replaced = !(isOlder && isOfDatabase(seen));
      // A side that has had the task and has deleted it is not one that never had it.
      this.shown[side] = this.agreed === this.all[0] ? { ...this.agreed, side } : this.agreed;
      if (other === this.agreed) this.agreed.replaced = value === GONE;
      return;
    }
    const version: Version = { value, side, replaced: false };
    this.all.push(version);
    this.shown[side] = version;
    // The owner of a field has the last word, so an edit of it on the other side replaces nothing.
    const other = this.shown[side === "file" ? "database" : "file"];
    if (overruled(version, seen, this.leaf, ownership) && other !== this.all[0]) {
      version.replaced = true;
      version.over = seen;
      return;
    }
    // What an undo has put back may have been the file's own, which goes back as asked.
    if (isOlder) for (const head of this.heads) if (head.byUndo) head.seenBeside = true;
    if (isOlder && isOfDatabase(seen)) return;
    if (value === GONE && side === "file" && !this.textAgrees) {
      // Who deletes a task in the file has not seen what its text has never shown; what it has shown may be asked about.
      if (seen.stoodInFile) seen.seenBeside = true;
      return;
    }
    for (let each: Version | undefined = seen; each; each = each.over) each.replaced = true;
    for (const head of this.heads) if (head !== version && head.value === seen.value) head.seenBeside = true;
  }

  /**
   * Lockstep has written the side.
   * @returns false when the value is one that no person ever gave the leaf.
   */
  written(side: Side, value: Value): boolean {
    if (this.shown[side].value === value) return true;
    const other = this.shown[side === "file" ? "database" : "file"];
    const version =
      [other, ...this.heads, ...this.all.toReversed()].find((each) => each.value === value) ?? null;
    this.shown[side] = version ?? { value, side, replaced: true };
    this.carried = this.shown[side];
    return version !== null;
  }

  /** The file's own text says this. */
  fileSays(value: Value): void {
    this.textAgrees = this.shown.file.value === value;
    if (this.textAgrees) this.shown.file.stoodInFile = true;
  }

  /** Whether a side shows this value. */
  shows(value: Value): boolean {
    return this.shown.file.value === value || this.shown.database.value === value;
  }

  /** A person, or the source's policy, has chosen: from now on the value that is shown is the only head. */
  settle(): void {
    for (const version of this.all) version.replaced = true;
    this.shown.file.replaced = false;
  }

  /** The task is gone, and what it reported last went with it. */
  forgetTicks(): void {
    for (const version of this.all) if (version.value !== GONE) version.replaced = true;
  }

  /** An undo has brought a conflict back: what differs from `agreed` on a side is that side's edit again. */
  reopen(agreed: Value): void {
    this.agreeOn(agreed);
    for (const version of this.all) version.replaced = true;
    for (const version of Object.values(this.shown)) version.replaced = version.value === agreed;
  }

  /**
   * By undoing a run, a person has put back what the side shows now.
   * @param seen what the side showed before.
   * @param inConflict whether the undo has brought a conflict back: then the other side may go on showing `seen`.
   */
  putBack(side: Side, seen: Version, inConflict: boolean): void {
    const { value, replaced } = this.shown[side];
    if (replaced) {
      const version: Version = { value, side, replaced: false, byUndo: true };
      this.all.push(version);
      for (const each of ["file", "database"] as const)
        if (this.shown[each].value === value) this.shown[each] = version;
    }
    const other = side === "file" ? "database" : "file";
    seen.replaced = !(inConflict && this.shown[other] === seen);
    // It stands on the other side alone now, so it counts as that side's edit.
    if (!seen.replaced) Object.assign(seen, { side: other, byUndo: true });
  }
}

/** Whether the database has given the value, which the author of an older text has not seen. */
function isOfDatabase({ side, byUndo }: Version): boolean {
  return side === "database" && !byUndo;
}

function overruled(version: Version, seen: Version, leaf: Leaf, ownership: Ownership): boolean {
  const owner = ownership[leaf];
  if (owner === undefined || owner === version.side) return false;
  return version.value !== GONE && seen.value !== GONE;
}

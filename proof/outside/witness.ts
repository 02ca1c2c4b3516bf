/** What a writer, or a choice, did that may not have gone through, because the server died before it answered. */
type Certainty = "done" | "perhaps";

interface Known {
  by: string;
  /** An author who saw this value has put another in its place, for sure or perhaps. */
  replaced: boolean;
  /** False while it is not known whether the edit went through. */
  done: boolean;
}

/**
 * The model's one idea for writers that do not take turns: every value is unique, an edit replaces the value that
 * its author saw, and no value that was never replaced may be missing.
 */
export class Witness {
  private readonly values = new Map<string, Map<string, Known>>();
  /** Values that were replaced before they were known. */
  private readonly early = new Set<string>();
  /** Edits that perhaps went through, over values that are not known, by place. */
  private readonly blind = new Map<string, number>();
  /** What happened at each place, in order, for whoever looks into a finding. */
  private readonly told = new Map<string, string[]>();
  private readonly counts = new Map<string, number>();

  /** The value stands there from the start. */
  begin(place: string, value: string): void {
    this.at(place).set(value, { by: "the first file", replaced: false, done: true });
  }

  /** @param seen null when it is not known what the edit replaced. */
  edited(place: string, by: string, seen: string | null, value: string, certainty: Certainty): void {
    const values = this.at(place);
    this.tell(place, `${by} (${certainty}): ${seen} -> ${value}`);
    if (seen === null) this.blind.set(place, (this.blind.get(place) ?? 0) + 1);
    // Another writer may have seen and replaced the value before its own author heard that it went through.
    const replaced = this.early.has(`${place} ${value}`);
    values.set(value, { by, replaced, done: certainty === "done" });
    const before = seen === null ? undefined : values.get(seen);
    if (before) before.replaced = true;
    else if (seen !== null) this.early.add(`${place} ${seen}`);
    if (certainty === "done") this.counts.set(by, (this.counts.get(by) ?? 0) + 1);
  }

  /** A person has chosen among these values. When the answer was lost, each of them may have been given up. */
  chosen(place: string, shown: readonly string[], result: string | null): void {
    this.tell(place, `chosen: ${shown.join(" or ")} -> ${result}`);
    for (const value of shown) {
      const known = this.at(place).get(value);
      if (known && value !== result) known.replaced = true;
    }
  }

  /** Edits that went through, by writer. */
  summary(): string {
    return [...this.counts].map(([by, count]) => `${count} by ${by}`).join(", ");
  }

  /**
   * @param shows what each side says of the place, and whether its task waits for a person.
   * @returns what was lost, in plain words.
   */
  judge(shows: (place: string) => { file: string; database: string; inConflict: boolean }): string[] {
    const findings: string[] = [];
    for (const [place, values] of this.values) {
      const { file, database, inConflict } = shows(place);
      if (!values.has(file) || !values.has(database))
        findings.push(`${place} says ${file} and ${database}, which nobody wrote`);
      if (!inConflict && file !== database)
        findings.push(
          `${place} says ${file} in the file and ${database} in the database, without a conflict`,
        );
      let excused = this.blind.get(place) ?? 0;
      for (const [value, { by, replaced, done }] of values) {
        if (!done || replaced || value === file || value === database) continue;
        if (excused-- > 0) continue;
        findings.push(
          `lost: ${by} set ${place} to ${value}; the file says ${file}, the database ${database}`,
        );
        findings.push(...this.around(place, value));
      }
    }
    return findings;
  }

  private tell(place: string, line: string): void {
    const told = this.told.get(place);
    if (told) told.push(line);
    else this.told.set(place, [line]);
  }

  /** What happened just before and after the value was written. */
  private around(place: string, value: string): string[] {
    const told = this.told.get(place) ?? [];
    const at = told.findIndex((line) => line.endsWith(`-> ${value}`));
    return told.slice(Math.max(0, at - 3), at + 6);
  }

  private at(place: string): Map<string, Known> {
    const known = this.values.get(place);
    if (known) return known;
    const values = new Map<string, Known>();
    this.values.set(place, values);
    return values;
  }
}

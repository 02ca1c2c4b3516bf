import { ABSENT, type Display, GONE, type Leaf, LEAVES, type Value, valueIn } from "../model/leaves.ts";
import { displayOfText, tasksIn } from "../model/file-text.ts";
import type { Model } from "../model/model.ts";
import type { Version } from "../model/versions.ts";
import { ADA } from "../model/told.ts";
import { touchedWithoutReason } from "../model/untouched.ts";
import { Random } from "../random.ts";
import { addToText, editInText, removeFromText } from "../story/file-edit.ts";
import type { Edit, FileManner, RowManner } from "../story/step.ts";
import { newTask } from "../story/values.ts";
import type { RowChange, Subject } from "./subject.ts";

const GARBAGE = "garbled: [\n";

/** The people of a story: they look before they edit, and the model hears what they saw and wrote. */
export class People {
  readonly findings: string[] = [];
  /** The file as the last person left it, or as the last look found it. */
  private text = "";
  /** Edits of rows that were locked: their authors try again when the run is over. */
  private readonly waiting: Edit[] = [];

  /** Every line that ever stood in the file. */
  private readonly lines = new Set<string>();
  private readonly texts = new Set<string>();
  /** The texts that runs have seen, the newest last. */
  private readonly known: string[] = [];
  /** What an older text has taken back unseen, as long as no run has seen that text. */
  private takenBack: Version[] = [];
  /** All that older texts have ever taken back unseen. */
  private readonly unseen: Version[] = [];
  /** A person has saved what the file said before, and no run has taken it over since (SPEC, an older file). */
  hasGoneBack = false;
  /** The tasks of the run that is being undone. */
  undoing: readonly string[] = [];

  constructor(
    private readonly subject: Subject,
    private readonly model: Model,
    private readonly seed: number,
  ) {}

  /** What both sides show now; what has changed since the last look was written by Lockstep. */
  async look(): Promise<void> {
    const text = await this.subject.text();
    const undone = { tasks: this.undoing, lines: this.lines };
    this.findings.push(...touchedWithoutReason(this.text, text, undone));
    this.saw(text);
    const database = await this.subject.rows();
    const file = this.shownIn(text, database) ?? this.model.moment.file;
    this.findings.push(...this.model.written({ file, database }));
    this.model.fileSays(displayOfText(text) ?? new Map());
  }

  async edit(edit: Edit): Promise<void> {
    await this.look();
    if (edit.do === "edit all" || edit.side === "database") await this.editRows(edit);
    else await this.editFile(edit);
  }

  /** Those whose row was locked try again. */
  async tryAgain(): Promise<void> {
    for (const edit of this.waiting.splice(0)) await this.edit(edit);
  }

  async garble(): Promise<void> {
    await this.look();
    if (this.isGarbled) return;
    await this.put(`${GARBAGE}${this.text}`, "in place");
  }

  async mend(): Promise<void> {
    await this.look();
    if (!this.isGarbled) return;
    await this.put(this.text.slice(GARBAGE.length), "in place");
    this.editedFile();
  }

  /** Gives the task a status that does not exist, so that it cannot be read. */
  async spoil(task: string): Promise<void> {
    const value = JSON.stringify("nonsense");
    await this.edit({ do: "edit", side: "file", how: "in place", task, leaf: "status", value });
  }

  /** Gives every task that was spoilt a status that exists. */
  async unspoil(): Promise<void> {
    await this.look();
    for (const task of tasksIn(this.text) ?? []) {
      if (task["status"] !== "nonsense") continue;
      const [id, value] = [String(task["id"]), JSON.stringify("active")];
      await this.edit({ do: "edit", side: "file", how: "in place", task: id, leaf: "status", value });
    }
  }

  /** A run has gone through: it has seen what the file says, and remembers it. */
  runHasSeen(): void {
    this.takenBack = [];
    if (this.known.at(-1) !== this.text) this.known.push(this.text);
  }

  /** An older text comes back. Who put it there has not seen what the database has changed since. */
  async goBack(which: number): Promise<void> {
    await this.look();
    const text = this.known.filter((each) => each !== this.text).at(-1 - which);
    if (text === undefined || this.isGarbled) return;
    await this.put(text, "rename");
    const { file, database } = this.model.moment;
    this.takenBack = this.model.wentBack(this.shownIn(text, database) ?? file);
    this.unseen.push(...this.takenBack);
    this.model.fileSays(displayOfText(text) ?? new Map());
  }

  /** A person has put a kept version in place: an edit of the file like any other. */
  restored(text: string): void {
    this.saw(text);
    // Who chooses a version in the interface means it, also where it lacks what the database has changed since.
    for (const version of this.unseen.splice(0)) version.replaced = true;
    this.editedFile();
  }

  /** Saves the task's new value in place, with a pause between the two halves of the file. */
  async slowSave(edit: Edit & { do: "edit" }, part: number, ms: number): Promise<void> {
    await this.look();
    if (!this.canEdit(edit.task) || !this.subject.slowSave) return;
    const text = editInText(this.text, edit.task, edit.leaf, edit.value);
    await this.subject.slowSave(text, part, ms);
    this.saw(text);
    this.editedFile();
  }

  /** The file's text, as people have seen it last. */
  get seen(): string {
    return this.text;
  }

  private saw(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.texts.add(text);
    for (const line of text.split("\n")) this.lines.add(line);
  }

  private get isGarbled(): boolean {
    return this.text.startsWith(GARBAGE);
  }

  private canEdit(task: string): boolean {
    return !this.isGarbled && this.model.moment.file.has(task);
  }

  private async editFile(edit: Exclude<Edit, { do: "edit all" }>): Promise<void> {
    const { task } = edit;
    const exists = this.model.moment.file.has(task);
    if (this.isGarbled || exists === (edit.do === "create")) return;
    await this.put(this.textAfter(edit, task), edit.how as FileManner);
    this.editedFile();
  }

  private textAfter(edit: Exclude<Edit, { do: "edit all" }>, task: string): string {
    switch (edit.do) {
      case "create":
        return addToText(this.text, newTask(task, edit.n, this.randomOf(edit.n)));
      case "delete":
        return removeFromText(this.text, task);
      case "edit":
        return editInText(this.text, task, edit.leaf, edit.value);
    }
  }

  private async editRows(edit: Edit): Promise<void> {
    const how = edit.do === "edit all" ? "sql" : (edit.how as RowManner);
    const { database } = this.model.moment;
    if (edit.do !== "edit all" && database.has(edit.task) === (edit.do === "create")) return;
    if (edit.do === "edit" && valueIn(database, edit.task, edit.leaf) === edit.value) return;
    if (edit.do === "edit all" && (database.size === 0 || edit.value === ABSENT)) return;
    const answer = await this.subject.change(this.changeOf(edit), how);
    if (answer === "busy") this.waiting.push(edit);
    if (answer === "busy" || answer === "refused") return;
    const by = how === "api" && answer === "done" ? ADA : "sql";
    this.editedRows(await this.subject.rows(), by);
  }

  private editedRows(now: Display, by: string): void {
    const was = this.model.moment.database;
    for (const task of new Set([...was.keys(), ...now.keys()])) {
      const [before, after] = [was.get(task) ?? null, now.get(task) ?? null];
      if (LEAVES.some((leaf) => before?.get(leaf) !== after?.get(leaf)))
        this.model.told.rowEdited({ task, by, before, after });
    }
    this.model.edited("database", now);
  }

  private changeOf(edit: Edit): RowChange {
    switch (edit.do) {
      case "create":
        return { kind: "create", task: edit.task, plain: newTask(edit.task, edit.n, this.randomOf(edit.n)) };
      case "delete":
        return { kind: "delete", task: edit.task };
      case "edit":
        return { kind: "set", task: edit.task, leaf: edit.leaf, value: edit.value };
      case "edit all":
        return { kind: "set all", leaf: edit.leaf, value: edit.value };
    }
  }

  /** What a created task says follows from the story's seed and its number alone. */
  private randomOf(n: number): Random {
    return new Random(this.seed * 1_000 + n);
  }

  private async put(text: string, how: FileManner): Promise<void> {
    await this.subject.save(text, how);
    if (text !== this.text && this.texts.has(text)) this.hasGoneBack = true;
    this.saw(text);
  }

  /** The first look at the file of the story. */
  begin(text: string): void {
    this.saw(text);
    this.editedFile();
  }

  private editedFile(): void {
    const { file, database } = this.model.moment;
    // An older text that was edited before a run has seen it counts as an edit (SPEC, 4).
    for (const version of this.takenBack.splice(0)) version.replaced = true;
    this.model.edited("file", this.shownIn(this.text, database) ?? file);
    this.model.fileSays(displayOfText(this.text) ?? new Map());
  }

  /**
   * What the file shows; null where it is no schedule. A field that the database owns says there what the row
   * says: the file may be left behind in it (SPEC, 16).
   */
  private shownIn(text: string, database: Display): Display | null {
    const shown = displayOfText(text);
    const owned = LEAVES.filter((leaf) => this.model.ownership[leaf] === "database");
    if (!shown || owned.length === 0) return shown;
    const withRows = [...shown].map(([task, leaves]): [string, ReadonlyMap<Leaf, Value>] => {
      const told = (leaf: Leaf) => database.get(task)?.get(leaf) ?? this.lastShown(task, leaf);
      const agreed = [...leaves].map(([leaf, value]): [Leaf, Value] => [
        leaf,
        (owned.includes(leaf) && told(leaf)) || value,
      ]);
      return [task, new Map(agreed)];
    });
    return new Map(withRows);
  }

  private lastShown(task: string, leaf: Leaf): Value | null {
    const versions = this.model.of(task).get(leaf);
    // A task that was never in the database says what stands in the file.
    if (!versions || versions.shown.database === versions.all[0]) return null;
    return versions.shown.file.value === GONE ? null : versions.shown.file.value;
  }
}

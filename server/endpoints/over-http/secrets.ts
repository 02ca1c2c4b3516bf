import { fillIn, variablesIn } from "../../../lib/source/http/parts.ts";
import { CollectionUnreadable } from "../collection.ts";

/** The value of a variable of the environment; undefined: it is not set. */
export type ValueOf = (name: string) => string | undefined;

/** Shorter values are too common to be taken out of every text. */
const SHORTEST_HIDDEN = 4;

/** Fills in values from the environment, and takes them out of every text that people see. */
export class Secrets {
  private readonly values = new Set<string>();

  constructor(private readonly valueOf: ValueOf) {}

  /** @throws {CollectionUnreadable} which names the variable that is not set. */
  fill(text: string): string {
    if (variablesIn(text).length === 0) return text;
    return fillIn(text, (name) => {
      const value = this.valueOf(name);
      if (value === undefined || value === "")
        throw new CollectionUnreadable({
          code: "request_failed",
          message: `the variable ${name} is not set for the worker; sources.yml needs it`,
        });
      this.keep(value);
      return value;
    });
  }

  /** From now on this value is taken out of texts. */
  keep(value: string): void {
    if (value.length < SHORTEST_HIDDEN) return;
    this.values.add(value);
    this.values.add(encodeURIComponent(value));
    this.values.add(Buffer.from(value).toString("base64"));
  }

  hide(text: string): string {
    let hidden = text;
    for (const value of [...this.values].sort((a, b) => b.length - a.length))
      hidden = hidden.replaceAll(value, "***");
    return hidden;
  }
}

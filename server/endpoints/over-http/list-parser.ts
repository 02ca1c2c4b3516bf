import { none } from "stream-chain/core";
import Assembler from "stream-json/core/assembler.js";
import { jsonParser, type Token } from "stream-json/core/parser.js";
import { isMap, type Json, type JsonMap, setKey } from "../../../lib/json.ts";

/** An item, or a text of the answer, is larger than it may be. */
export class ItemTooLarge extends Error {
  override readonly name = "ItemTooLarge";
}

/** Where the answer has what is wanted of it, as names from the top. */
export interface WantedPaths {
  list: readonly string[];
  /** Values that are kept besides: a total, a cursor, the address of the next page. */
  beside: readonly (readonly string[])[];
}

/** Reads a JSON text piece by piece: it gives out the list's items as they come, and keeps nothing but what is wanted. */
export class ListParser {
  /** What stands beside the list at the wanted places, in the places where it stands. */
  readonly beside: JsonMap = {};
  /** Whether the path led to a list, to one value that is none, or to nothing yet. */
  found: "list" | "value" | "nothing" = "nothing";
  private readonly parse = jsonParser({ streamValues: false });
  private readonly path: (string | null)[] = [];
  private inList = false;
  private open: { assembler: Assembler<Json>; done: (value: Json) => void } | null = null;
  private begun = false;
  /** Characters since something came to an end. */
  private pending = 0;
  private items: Json[] = [];

  constructor(
    private readonly wanted: WantedPaths,
    private readonly mostCharacters: number,
  ) {}

  /**
   * Takes the next piece. @returns the items that it completed.
   * @throws {ItemTooLarge} @throws {Error} where the text is no JSON.
   */
  write(text: string): Json[] {
    this.items = [];
    const bare = this.begun ? text : text.replace(/^\uFEFF/, "");
    this.begun ||= text !== "";
    const before = this.open;
    const tokens = this.tokensOf(this.parse(bare));
    for (const token of tokens) this.take(token);
    const movedOn = tokens.length > 0 && (this.open === null || this.open !== before);
    this.pending = movedOn ? 0 : this.pending + text.length;
    if (this.pending > this.mostCharacters) throw new ItemTooLarge("an item is too large");
    return this.items;
  }

  /** The text is over. @throws {Error} where it ended in the middle. */
  end(): void {
    for (const token of this.tokensOf(this.parse(none as unknown as string))) this.take(token);
  }

  private tokensOf(parsed: unknown): Token[] {
    return (parsed as { values?: Token[] }).values ?? [];
  }

  private take(token: Token): void {
    if (this.open) return this.assemble(token);
    switch (token.name) {
      case "keyValue":
        this.path[this.path.length - 1] = token.value;
        return;
      case "endObject":
      case "endArray":
        this.path.pop();
        if (this.inList && this.path.length === this.wanted.list.length) this.inList = false;
        return;
      default:
        this.begin(token);
    }
  }

  /** A value begins, and is no part of one that is wanted as a whole. */
  private begin(token: Token): void {
    const { list, beside } = this.wanted;
    if (this.inList && this.path.length === list.length + 1)
      return this.whole(token, (item) => this.items.push(item));
    if (this.isAt(list)) {
      if (this.found !== "nothing") throw new Error("the list stands twice in the answer");
      if (token.name !== "startArray") {
        this.found = "value";
        return this.whole(token, (value) => this.items.push(value));
      }
      [this.found, this.inList] = ["list", true];
    } else {
      const place = beside.find((path) => this.isAt(path));
      if (place) return this.whole(token, (value) => putAt(this.beside, place, value));
    }
    if (token.name === "startObject" || token.name === "startArray") this.path.push(null);
  }

  private isAt(path: readonly string[]): boolean {
    return this.path.length === path.length && path.every((name, at) => this.path[at] === name);
  }

  /** Puts the value that begins with this token together. */
  private whole(token: Token, done: (value: Json) => void): void {
    this.open = { assembler: new Assembler<Json>(), done };
    this.assemble(token);
  }

  private assemble(token: Token): void {
    const { assembler, done } = this.open ?? {};
    if (!assembler || !done) return;
    // An integer that JavaScript cannot hold becomes a text, as in a small answer: see `parseAnswer`.
    const large =
      token.name === "numberValue" &&
      /^-?\d+$/.test(token.value) &&
      !Number.isSafeInteger(Number(token.value));
    assembler.consume(large ? { name: "stringValue", value: token.value } : token);
    if (!assembler.done) return;
    this.open = null;
    done(assembler.current);
  }
}

function putAt(map: JsonMap, [name = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) return setKey(map, name, value);
  const known = Object.hasOwn(map, name) ? map[name] : undefined;
  const below: JsonMap = isMap(known) ? known : {};
  putAt(below, rest, value);
  setKey(map, name, below);
}

import { createHash } from "node:crypto";
import { canonicalJson, isMap, type Json, type JsonMap } from "../../../lib/json.ts";
import { valuesAt } from "../../json-path.ts";
import type { HttpAnswer } from "../over-http/http-client.ts";
import { parseAnswer } from "../over-http/parse-answer.ts";

const LONGEST_REASON = 300;
/** Where APIs put their reason, in this order. */
const REASONS = ["detail", "message", "error_description", "error", "title", "errors"];

/** The task that an answer has; null when it has none. */
export function itemIn({ text }: Pick<HttpAnswer, "text">, selector: string): JsonMap | null {
  try {
    const [item] = valuesAt(parseAnswer(text), selector);
    return isMap(item) ? item : null;
  } catch {
    return null;
  }
}

/** Why the API says no, in its own words; empty when it gives none. */
export function reasonIn({ text }: Pick<HttpAnswer, "text">): string {
  return shortened(wordsIn(text)).replace(/\s+/g, " ").trim();
}

function wordsIn(text: string): string {
  try {
    const body: Json = parseAnswer(text);
    if (typeof body === "string") return body;
    for (const name of REASONS) {
      const reason = isMap(body) && Object.hasOwn(body, name) ? body[name] : undefined;
      if (isMap(reason) && typeof reason["message"] === "string") return reason["message"];
      if (reason !== undefined && reason !== null)
        return typeof reason === "string" ? reason : JSON.stringify(reason);
    }
    return JSON.stringify(body);
  } catch {
    // A page of HTML says nothing to a person who reads it as text.
    return /^\s*</.test(text) ? "" : text;
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}...` : text;
}

/** Makes a creation count once, however often it is sent. A task that is created anew later has another stamp. */
export function idempotencyKey(place: string, task: JsonMap, stamp: string | null): string {
  return createHash("sha256")
    .update(canonicalJson([place, task, stamp]))
    .digest("hex")
    .slice(0, 32);
}

import type { Json } from "../../../lib/json.ts";

const SUSPICIOUS = /\d{16}/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON. An integer that JavaScript cannot hold becomes a text of the same digits, since a rounded key would be
 * another object's.
 * @throws SyntaxError
 */
export function parseAnswer(text: string): Json {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (!SUSPICIOUS.test(bare)) return JSON.parse(bare) as Json;
  return JSON.parse(
    bare.replace(TOKEN, (token) =>
      /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
    ),
  ) as Json;
}

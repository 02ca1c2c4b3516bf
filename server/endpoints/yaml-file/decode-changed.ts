import { type Decoded, decodeSchedule } from "../../../lib/yaml/decode.ts";
import { commonLength } from "../../../lib/yaml/difference.ts";
import type { FileSnapshot } from "./snapshot.ts";

/**
 * The text of bytes that differ from the previous ones in one stretch, by decoding that stretch alone.
 * Only where the previous text is ASCII throughout, so that bytes and characters have the same
 * numbers; undefined otherwise, or when the stretch is not UTF-8 (the whole then says where).
 */
export function decodeChanged(bytes: Buffer, previous: FileSnapshot | undefined): Decoded | undefined {
  if (!previous || previous.bytes.length !== previous.document.text.length) return undefined;
  const { bytes: before, document: { text } } = previous;
  const shorter = Math.min(before.length, bytes.length);
  const start = commonLength(shorter, (from, to) => before.subarray(from, to).equals(bytes.subarray(from, to)));
  const tail = commonLength(shorter - start, (from, to) =>
    before.subarray(before.length - to, before.length - from).equals(bytes.subarray(bytes.length - to, bytes.length - from)),
  );
  const middle = decodeSchedule(bytes.subarray(start, bytes.length - tail));
  if (!middle.ok) return undefined;
  return { ok: true, text: text.slice(0, start) + middle.text + text.slice(text.length - tail) };
}

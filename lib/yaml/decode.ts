import type { Problem } from "../problem.ts";

export type Decoded = { ok: true; text: string } | { ok: false; problem: Problem };

/**
 * Decodes the file's bytes. A byte order mark stays, so that encoding the text gives the same bytes again.
 * Bytes that are not UTF-8 are refused with their line and column, because decoding would lose them.
 */
export function decodeSchedule(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const bad = firstBadByte(bytes);
    const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, bad));
    const lineStart = before.lastIndexOf("\n") + 1;
    const mark = lineStart === 0 && before.startsWith("\uFEFF") ? 1 : 0;
    const hex = (bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    const utf16 = bad === 0 && (hex === "FE" || hex === "FF");
    const guess = utf16 ? " (it looks like UTF-16)" : "";
    const message = `byte 0x${hex} is not UTF-8; save the file as UTF-8${guess}`;
    const column = [...before.slice(lineStart + mark)].length + 1;
    return { ok: false, problem: { code: "not_utf8", message, line: before.split("\n").length, column } };
  }
}

/**
 * Offset of the first bytes that are not UTF-8 (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF).
 */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Length in bytes of the UTF-8 sequence at `at`; 0 when the bytes are not one. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (length === 0) return 0;
  for (let i = 1; i < length; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  return lead === 0xf4 && second > 0x8f ? 0 : length;
}

import { describe, expect, it } from "vitest";
import { decodeSchedule } from "./decode.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)),
  );

describe("decodeSchedule", () => {
  it("keeps a byte order mark, so that encoding gives the same bytes", () => {
    const input = bytes([0xef, 0xbb, 0xbf], "tasks: [] # 🙂\r\n");
    const decoded = decodeSchedule(input);
    expect(decoded).toEqual({ ok: true, text: "\uFEFFtasks: [] # 🙂\r\n" });
    if (decoded.ok) expect(new TextEncoder().encode(decoded.text)).toEqual(input);
  });

  it.each<[string, Uint8Array, number, number]>([
    ["Latin-1", bytes("a: 1\nb: gr", [0xfc], "n\n"), 2, 6],
    ["a sequence cut off", bytes("ü\n", [0xe2, 0x82]), 2, 1],
    ["an overlong form", bytes("a", [0xc0, 0xaf]), 1, 2],
    ["a surrogate", bytes("🙂b", [0xed, 0xa0, 0x80]), 1, 3],
    ["beyond Unicode", bytes("\n\n", [0xf4, 0x90, 0x80, 0x80]), 3, 1],
    ["a lone continuation", bytes([0xef, 0xbb, 0xbf], "ab", [0x80]), 1, 3],
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x61, 0]), 1, 1],
  ])("refuses %s, and says where", (_, input, line, column) => {
    expect(decodeSchedule(input)).toMatchObject({ ok: false, problem: { code: "not_utf8", line, column } });
  });
});

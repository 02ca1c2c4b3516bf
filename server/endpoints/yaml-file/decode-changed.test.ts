import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSchedule } from "../../../lib/yaml/read.ts";
import { decodeChanged } from "./decode-changed.ts";
import type { FileSnapshot } from "./snapshot.ts";

function snapshotOf(text: string): FileSnapshot {
  const identity = { size: 0n, mtimeNs: 0n, ctimeNs: 0n, ino: 0n, dev: 0n };
  return { realPath: "", bytes: Buffer.from(text), revision: "", document: readSchedule(text), identity, readAt: 0, modifiedAt: "" };
}

const ascii = fc.string({ unit: "binary-ascii" });

describe("decodeChanged", () => {
  it("gives the text of the bytes, whatever came between", () => {
    fc.assert(
      fc.property(ascii, ascii, ascii, fc.string({ unit: "grapheme" }), (head, old, tail, now) => {
        const text = head + now + tail;
        expect(decodeChanged(Buffer.from(text), snapshotOf(head + old + tail))).toEqual({ ok: true, text });
      }),
    );
  });

  it.each([
    ["nothing is known", "a", undefined],
    ["bytes and characters have other numbers", "a", "\u00e9"],
    ["there is a byte order mark", "a", "\uFEFFa"],
  ])("leaves it to the whole when %s", (_, text, before) => {
    expect(decodeChanged(Buffer.from(text), before === undefined ? undefined : snapshotOf(before))).toBeUndefined();
  });

  it("leaves bytes that are not UTF-8 to the whole, which says where they stand", () => {
    expect(decodeChanged(Buffer.from([0x61, 0xff, 0x62]), snapshotOf("ab"))).toBeUndefined();
  });
});

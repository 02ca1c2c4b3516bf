import fc from "fast-check";
import { expect, it } from "vitest";
import { anyItem, readByParser } from "./simple-item.fixture.ts";
import { readSimpleItem } from "./simple-item.ts";

/** FUZZ_RUNS=200000 looks longer. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 6_000);

it(
  "the quick reader says of an item what the parser says, or leaves it to the parser",
  () => {
    let read = 0;
    fc.assert(
      fc.property(anyItem, (chunk) => {
        const simple = readSimpleItem(chunk);
        if (!simple) return;
        read += 1;
        expect(simple).toEqual(readByParser(chunk));
      }),
      { numRuns: RUNS },
    );
    // A generator of items that the quick reader never accepts would prove nothing.
    expect(read).toBeGreaterThan(RUNS / 20);
  },
  60_000 + RUNS * 5,
);

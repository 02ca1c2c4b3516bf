import { expect, it } from "vitest";
import { bytesInWords } from "./bytes.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [812, "812 bytes"],
  [4_210, "4.2 kB"],
  [42_100, "42 kB"],
  [17_400_000, "17 MB"],
])("%i bytes: %s", (bytes, words) => expect(bytesInWords(bytes)).toBe(words));

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { documentPaths } from "./testing/documents.ts";

/** Commands whose arguments are a secret, which every user of the machine reads with `ps`. */
const SHOWN = [
  /\b(?:curl|wget)\b.*-H ['"]?Authorization:/,
  /\b(?:psql|pg_dump)\b.*(?:postgres\/url|postgresql:\/\/[^ ]*:|\$DATABASE_URL)/,
  /--from-literal=(?:\w*TOKEN|\w*SECRET|DATABASE_URL)/,
  /--password[= ]/,
];

it.each([...documentPaths(), "compose.yaml", "deploy/kubernetes/secret.yaml"])(
  "%s has no command that shows a secret in the list of processes",
  (path) => {
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines.filter((line) => SHOWN.some((pattern) => pattern.test(line)))).toEqual([]);
  },
);

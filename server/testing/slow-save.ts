import { open } from "node:fs/promises";

export interface SlowSave {
  /** Writes the rest. */
  finish(): Promise<void>;
}

/** Saves the file in place as `(head -n lines; sleep; tail) > file` does: the rest comes when it is asked for. */
export async function beginSlowSave(path: string, text: string, lines: number): Promise<SlowSave> {
  const head = text.split("\n").slice(0, lines).join("\n") + "\n";
  const file = await open(path, "w");
  await file.write(head);
  return {
    finish: async () => {
      await file.write(text.slice(head.length));
      await file.close();
    },
  };
}

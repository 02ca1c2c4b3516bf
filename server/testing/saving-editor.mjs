// An editor that saves a file again and again without asking anybody. Usage: saving-editor.mjs <file> <"in place" | "by renaming"> <times>
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const [path, how, times] = process.argv.slice(2);
for (let n = 0; n < Number(times); n++) {
  // Its text on the screen is its own: it does not take over what others wrote.
  const text = `# theirs ${n}\ntasks: []\n`;
  if (how === "in place") writeFileSync(path, text);
  else {
    writeFileSync(`${path}~`, text);
    renameSync(`${path}~`, path);
  }
  // Long enough for a whole write of Lockstep's to lie between two saves, or not.
  const until = performance.now() + Math.random() * 4;
  while (performance.now() < until) readFileSync(path);
}

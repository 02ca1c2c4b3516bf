// `lockstep validate`: makes a run's checks of the file without a server.
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { parseEnv } from "../config/env.ts";
import type { Problem } from "../lib/problem.ts";
import { decodeSchedule } from "../lib/yaml/decode.ts";
import type { ScheduleDocument } from "../lib/yaml/document.ts";
import { readSchedule } from "../lib/yaml/read.ts";
import { readYamlFile } from "../server/endpoints/yaml-file/read-file.ts";

const HELP = `Usage: lockstep validate [file ...]

Checks schedule files as a sync would, without a database. Prints one line per problem:

  file:line:column message

Without a file: $SCHEDULE_FILE, or config/schedule_config.yml. "-" reads standard input.

Exit status: 0 no problems, 1 problems, 2 wrong usage.
`;

const STDIN = "-";

interface Checked {
  name: string;
  tasks: number;
  problems: readonly Problem[];
}

/** Runs the command. @returns the exit status. */
export async function validate(args: string[]): Promise<0 | 1 | 2> {
  const given = parse(args);
  if ("wrong" in given) {
    process.stderr.write(`lockstep validate: ${given.wrong}\n\n${HELP}`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(HELP);
    return 0;
  }
  let failed = false;
  for (const file of given.files) {
    const { name, tasks, problems } = file === STDIN ? await checkStdin() : await checkFile(file);
    for (const { line = 1, column = 1, message } of problems) {
      process.stdout.write(`${name}:${line}:${column} ${oneLine(message)}\n`);
    }
    if (problems.length === 0)
      process.stderr.write(`${name}: ${tasks} ${tasks === 1 ? "task" : "tasks"}, no problems\n`);
    failed ||= problems.length > 0;
  }
  return failed ? 1 : 0;
}

function parse(args: string[]): { files: string[]; help: boolean } | { wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: "boolean", short: "h" } },
    });
    // Only this setting is read, because a bad value of another one does not matter here.
    const fallback = parseEnv({ SCHEDULE_FILE: process.env.SCHEDULE_FILE }).SCHEDULE_FILE;
    const files = [...new Set(positionals.length > 0 ? positionals : [fallback])];
    return files.includes("")
      ? { wrong: "a file name is empty; leave it out or write - for standard input" }
      : { files, help: values.help ?? false };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

async function checkFile(path: string): Promise<Checked> {
  const read = await readYamlFile(path, undefined);
  return read.ok ? checked(path, read.snapshot.document) : { name: path, tasks: 0, problems: [read.problem] };
}

async function checkStdin(): Promise<Checked> {
  const name = "<stdin>";
  const decoded = decodeSchedule(await buffer(process.stdin));
  return decoded.ok
    ? checked(name, readSchedule(decoded.text))
    : { name, tasks: 0, problems: [decoded.problem] };
}

function checked(name: string, document: ScheduleDocument): Checked {
  return { name, tasks: document.size, problems: document.fatal ? [document.fatal] : document.problems };
}

/** The message on one line and without control characters, whatever it quotes from the file. */
function oneLine(message: string): string {
  return message.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

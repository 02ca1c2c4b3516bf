#!/usr/bin/env node
// The `lockstep` command. It registers the loader for TypeScript, because the commands are TypeScript.
import { register } from "tsx/esm/api";

register();
const { validate } = await import("./validate.ts");
const [command, ...args] = process.argv.slice(2);

const HELP = `Usage: lockstep validate [file ...]

  validate   check schedule files offline, for a pre-commit hook or CI: see lockstep validate --help
`;

switch (command) {
  case "validate":
    process.exitCode = await validate(args);
    break;
  case "help":
  case "--help":
  case "-h":
    process.stdout.write(HELP);
    break;
  default:
    process.stderr.write(
      command === undefined ? HELP : `lockstep: there is no command ${JSON.stringify(command)}\n\n${HELP}`,
    );
    process.exitCode = 2;
}

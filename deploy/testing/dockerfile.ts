import { readFileSync } from "node:fs";
import { z } from "zod";

export interface Instruction {
  name: string;
  /** The instruction's text with continuation lines joined, including flags. */
  text: string;
}

/** A FROM instruction and the instructions after it. */
export interface Stage {
  from: string;
  name: string | undefined;
  instructions: Instruction[];
}

export interface Copy {
  from: string | undefined;
  chown: string | undefined;
  sources: string[];
  target: string;
}

const argv = z.array(z.string()).min(1);

export function readStages(path = "Dockerfile"): Stage[] {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = "", text = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === "FROM") {
      const [from = "", , alias] = text.split(/\s+/);
      stages.push({ from, name: alias, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

export function all(stage: Stage, name: string): string[] {
  return stage.instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = all(stage, "ENV").flatMap((text) => [...text.matchAll(/([A-Z_]+)=("[^"]*"|\S+)/g)]);
  return Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, value.replace(/^"|"$/g, "")]));
}

export function copiesOf(stage: Stage): Copy[] {
  return all(stage, "COPY").map((text) => {
    const words = text.split(/\s+/);
    const flag = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
    const paths = words.filter((word) => !word.startsWith("--"));
    return {
      from: flag("from"),
      chown: flag("chown"),
      sources: paths.slice(0, -1),
      target: paths.at(-1) ?? "",
    };
  });
}

/** The words of CMD in its exec form. */
export function commandOf(stage: Stage): string[] {
  return argv.parse(JSON.parse(all(stage, "CMD").at(-1) ?? "null"));
}

/** The shell command of HEALTHCHECK. */
export function healthCommandOf(stage: Stage): string {
  return /\sCMD\s+(.*)$/.exec(` ${all(stage, "HEALTHCHECK").at(-1) ?? ""}`)?.[1] ?? "";
}

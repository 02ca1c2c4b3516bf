import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import {
  all,
  commandOf,
  copiesOf,
  environmentOf,
  healthCommandOf,
  readStages,
  type Stage,
} from "../../deploy/testing/dockerfile.ts";

/** The user `node` of the base image. */
const NODE_USER = 1000;
/** The files that .dockerignore leaves out. */
const LEFT_OUT = /\.test\.tsx?$|\/testing$|\/cache$|^docs\/(?:images|decisions)$/;

/**
 * The image that `docker build` would make of the Dockerfile, built without an engine: a folder with the files of
 * the last stage, where the build stage's own command has removed packages, and the image's settings.
 */
export class Image {
  private cacheFolder: string | undefined;
  readonly env: Record<string, string>;
  readonly command: string[];
  readonly healthCommand: string;
  /** Undefined when the test itself does not run as root. */
  readonly user = process.getuid?.() === 0 ? NODE_USER : undefined;

  private constructor(
    readonly home: string,
    readonly root: string,
    last: Stage,
  ) {
    this.env = environmentOf(last);
    this.command = commandOf(last);
    this.healthCommand = healthCommandOf(last);
  }

  static build(): Image {
    const [build, last] = readStages();
    if (!build || !last) throw new Error("the Dockerfile has two stages");
    const home = mkdtempSync(join(tmpdir(), "lockstep-image-"));
    chmodSync(home, 0o755);
    const built = join(home, "build");
    mkdirSync(built);
    // Files are hard-linked when possible, because files of this folder are only removed and never written.
    execFileSync("sh", [
      "-c",
      `cp -al node_modules "$0/node_modules" 2>/dev/null || cp -a node_modules "$0/"`,
      built,
    ]);
    for (const path of [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "next.config.mjs",
      "prisma",
      "config",
      "lib",
      "scripts",
      "server",
      "dist",
      ".next",
      "docs",
      "SECURITY.md",
    ]) {
      cpSync(path, join(built, path), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (from) => !LEFT_OUT.test(from),
      });
    }
    const slim = all(build, "RUN").at(-1) ?? "";
    execFileSync("sh", ["-c", slim], { cwd: built });

    const root = join(home, "app");
    mkdirSync(root);
    for (const { from, sources, target } of copiesOf(last).filter((copy) => copy.from !== undefined)) {
      if (from !== build.name) throw new Error(`there is no stage ${from}`);
      for (const source of sources) {
        const path = source.replace(/^\/app\//, "");
        // A target that ends in / is the folder into which the source goes.
        const to = join(root, target.endsWith("/") ? join(target, basename(path)) : target);
        mkdirSync(dirname(to), { recursive: true });
        execFileSync("mv", [join(built, path), to]);
      }
    }
    return new Image(home, root, last);
  }

  /** The folder in which processes share work that they have done. */
  get cache(): string {
    this.cacheFolder ??= this.volume("/cache");
    return this.cacheFolder;
  }

  /** Creates a volume that belongs to the user. `/schedule` starts with the image's files. */
  volume(mount: string): string {
    const folder = mkdtempSync(join(this.home, `volume${mount.replace("/", "-")}-`));
    const [last] = readStages().slice(-1);
    for (const { sources, target, from } of last ? copiesOf(last) : []) {
      if (from !== undefined || !target.startsWith(`${mount}/`)) continue;
      const to = join(folder, target.slice(mount.length + 1));
      cpSync(sources[0] ?? "", to);
      this.give(to);
    }
    this.give(folder);
    return folder;
  }

  give(path: string): void {
    if (this.user !== undefined) chownSync(path, this.user, this.user);
  }

  remove(): void {
    if (existsSync(this.home)) rmSync(this.home, { recursive: true, force: true });
  }
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Control } from "../../../../examples/upstream/control.ts";
import type { World } from "../../../../examples/upstream/world.ts";

export interface RunningUpstream {
  url: string;
  /** Steers it, and says what it has and was asked. */
  control(
    body?: Control,
  ): Promise<{ world: World; log: { request: string; conditional: boolean; status: number }[] }>;
  /** The requests since the last reset, as `GET /path?query`. */
  requests(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts the example upstream as a process of its own, on a free port. */
export async function startUpstream(): Promise<RunningUpstream> {
  const child = spawn(process.execPath, ["--import", "tsx", "examples/upstream/main.ts"], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the upstream ended with ${code}`)));
    child.stdout.on("data", (data: Buffer) => {
      said += String(data);
      const [found] = /http:\S+/.exec(said) ?? [];
      if (found) resolve(found);
    });
  });
  const control: RunningUpstream["control"] = async (body) => {
    const answer = await fetch(`${url}/control`, body ? { method: "POST", body: JSON.stringify(body) } : {});
    return (await answer.json()) as Awaited<ReturnType<RunningUpstream["control"]>>;
  };
  return {
    url,
    control,
    requests: async () => (await control()).log.map(({ request }) => request),
    stop: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

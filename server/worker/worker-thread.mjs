// A thread does not inherit the loader that lets Node run TypeScript (tsx registers in the main thread only).
import { register } from "tsx/esm/api";

register();
await import("./worker-thread-main.ts");

// A separate process that imports one file once and reports how much memory that took.
import { Lockstep } from "./lockstep.ts";
import { generateSchedule } from "./schedule.ts";

const [databaseUrl = "", path = "", large = ""] = process.argv.slice(2);
const lockstep = new Lockstep(databaseUrl, path);
// This loads everything that any run needs.
await lockstep.seed(generateSchedule(100));
const before = process.memoryUsage.rss();
await lockstep.clear();
await lockstep.use(large);
await lockstep.prepare();
await lockstep.run();
// The highest memory since the process began; the system reports kilobytes.
const peak = process.resourceUsage().maxRSS * 1024;
process.send?.({ before, peak, created: lockstep.last?.counts.created ?? 0 });
await lockstep.close();
process.disconnect?.();

// A process of its own that imports one file once, and tells how much memory that took.
import { Lockstep } from "./lockstep.ts";
import { generateSchedule } from "./schedule.ts";

const [databaseUrl = "", path = "", large = ""] = process.argv.slice(2);
const lockstep = new Lockstep(databaseUrl, path);
// What any run needs is loaded before.
await lockstep.seed(generateSchedule(100));
const before = process.memoryUsage.rss();
await lockstep.clear();
await lockstep.use(large);
await lockstep.prepare();
await lockstep.run();
// Kilobytes, the highest since the process began.
const peak = process.resourceUsage().maxRSS * 1024;
process.send?.({ before, peak, created: lockstep.last?.counts.created ?? 0 });
await lockstep.close();
process.disconnect?.();

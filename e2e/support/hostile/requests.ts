import { ROUTE_KEYS, type RouteKey } from "../../../lib/protocol/routes.ts";
import { pick } from "../random.ts";
import { hostileBody } from "./bodies.ts";
import { brokenFraming } from "./framing.ts";
import { NAMES } from "./names.ts";
import { oddHead, oddMethod, oddQuery } from "./request-line.ts";
import { filled, type Hostile, type Random } from "./target.ts";
import { towardsNext } from "./towards-next.ts";
import { webSocket } from "./web-socket.ts";

/** One hostile request to the route, of a randomly chosen kind. */
function hostileRequest(random: Random, key: RouteKey, token: string): Hostile {
  const name = pick(random, NAMES);
  const target = filled(key, name);
  const credentials = random() < 0.85 ? token : null;
  const dice = random();
  let hostile: Hostile;
  if (dice < 0.4 && target.method !== "GET") hostile = hostileBody(random, target, credentials);
  else if (dice < 0.5) hostile = brokenFraming(random, target, credentials);
  else if (dice < 0.62) hostile = oddHead(random, target, credentials);
  else if (dice < 0.7) hostile = oddMethod(random, target, credentials);
  else if (dice < 0.8) hostile = oddQuery(random, target, credentials);
  else if (dice < 0.92) hostile = towardsNext(random, credentials);
  else hostile = webSocket(random, token);
  return {
    ...hostile,
    what: `${key} with ${hostile.what} (name ${name.slice(0, 40)}${credentials === null ? ", without credentials" : ""})`,
  };
}

/** The given number of hostile requests, spread evenly over all routes. */
export function hostileRequests(random: Random, count: number, token: string): Hostile[] {
  return Array.from({ length: count }, (_, i) =>
    hostileRequest(random, ROUTE_KEYS[i % ROUTE_KEYS.length] ?? "GET /api/tasks", token),
  );
}

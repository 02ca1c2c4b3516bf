/**
 * The key under which a client is counted. An IPv6 client has at least a whole /64 of addresses, so the /64
 * counts.
 */
export function clientKey(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const front = head.split(":").filter(Boolean);
  const back = address.includes("::") ? tail.split(":").filter(Boolean) : [];
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}

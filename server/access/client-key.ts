/** Whoever has an IPv6 address has at least its whole /64. */
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

/** Replaces a secret in a log. */
const CUT = "[cut]";

/** A shorter "secret" would cut ordinary words. */
const SHORTEST = 6;

const PATTERNS: readonly [RegExp, string][] = [
  // scheme://user:password@host
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:@/"']*:)[^\s@/"']+(?=@)/gi, `$1${CUT}`],
  [/(\bbearer +)[^\s"'\\]+/gi, `$1${CUT}`],
  [/(\bbasic +)[a-z0-9+/=]{8,}/gi, `$1${CUT}`],
  // An API token of ours.
  [/\blockstep_[A-Za-z]{64}\b/g, CUT],
  // ?token=... in an address
  [/([?&](?:token|access_token|code|secret|password|key)=)[^\s&"'\\#]+/gi, `$1${CUT}`],
];

/**
 * The text without the secrets, and without values that look like one. JSON text stays JSON, because
 * secrets are also searched for in the form that JSON gives them.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let cut = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])) {
      cut = cut.replaceAll(form, CUT);
    }
  }
  for (const [pattern, by] of PATTERNS) cut = cut.replace(pattern, by);
  return cut;
}

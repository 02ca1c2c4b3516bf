import type { Env } from "./env.ts";

/** Texts that stand for a secret in an example and are no secret. */
const PLACEHOLDER =
  /replace[-_ ]?(?:me|this)|change[-_ ]?(?:me|this|it)|place[-_ ]?holder|your[-_ ]?(?:own|secret|token|password|key)|example|insert[-_ ]|the[-_ ]same[-_ ]as|^<.*>$|^\.+$/i;
/** They are tried first by who guesses, so they make a secret no better. */
const GIVEAWAYS =
  /secret|passw(?:or[dt]|0rd)|passphrase|token|lockstep|admin|default|sample|dummy|demo|test|prod|local|cron|auth|api|key|qwerty|letmein|hunter2/gi;
const WORDS = /^[A-Z]?[a-z]+(?:[-_. ][A-Z]?[a-z]+)*$/;

/** 52 bits take years even where nothing limits the guessing; `openssl rand -hex 32` has 256. */
const FEWEST_BITS = 52;
/** A random word of a list of some thousands has about this many bits. */
const BITS_PER_WORD = 10;
const MOST_LETTERS_OF_A_WORD = 12;
const MAKE_ONE = "make one with: openssl rand -hex 32";

/**
 * What is wrong with the secrets of the environment, one line each; no line holds a secret. It is asked at the start of
 * the server only.
 */
export function weakSecrets(env: Partial<Env>): string[] {
  const problems: string[] = [];
  for (const name of ["API_TOKEN", "CRON_SECRET", "AUTH_SECRET"] as const) {
    const secret = env[name];
    if (secret === undefined) continue;
    if (PLACEHOLDER.test(secret)) problems.push(`${name} is a placeholder; ${MAKE_ONE}`);
    else if (guessBits(secret) < FEWEST_BITS) problems.push(`${name} is easily guessed; ${MAKE_ONE}`);
  }
  if (env.ADMIN_PASSWORD !== undefined && isNoPassword(env.ADMIN_PASSWORD))
    problems.push("ADMIN_PASSWORD is a placeholder or one character again and again; choose another");
  if (PLACEHOLDER.test(passwordOf(env.DATABASE_URL)))
    problems.push(`the password in DATABASE_URL is a placeholder; ${MAKE_ONE}, and give it to the role`);
  return problems;
}

/** Roughly how many bits a person has to guess; too few rather than too many. */
function guessBits(secret: string): number {
  const words = secret.split(/[-_. ]/);
  if (WORDS.test(secret) && words.every(({ length }) => length <= MOST_LETTERS_OF_A_WORD))
    return words.length * BITS_PER_WORD;
  const left = withoutSequences(once(secret.replaceAll(GIVEAWAYS, "")));
  const counts = new Map<string, number>();
  for (const character of left) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / left.length);
  return bits;
}

function isNoPassword(password: string): boolean {
  return PLACEHOLDER.test(password) || new Set(password).size < 4;
}

function passwordOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return "";
  const { password } = new URL(url);
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/** The part that is repeated, once. */
function once(text: string): string {
  const period = `${text}${text}`.indexOf(text, 1);
  return period > 0 ? text.slice(0, period) : text;
}

/** Without what goes on as it began: `aaaa`, `1234`, `fedc`. */
function withoutSequences(text: string): string {
  const step = (at: number) => text.charCodeAt(at) - text.charCodeAt(at - 1);
  return [...text].filter((_, at) => at < 2 || Math.abs(step(at)) > 1 || step(at) !== step(at - 1)).join("");
}

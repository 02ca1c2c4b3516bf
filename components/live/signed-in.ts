/** Requests under way that change something, because the answer to one of them may bring a new session. */
const changes = new Set<Promise<unknown>>();

/** Notes that a request is under way whose answer may bring a new session. */
export function noteChange(request: Promise<unknown>): void {
  const done = request.catch(() => undefined).finally(() => changes.delete(done));
  changes.add(done);
}

/**
 * Whether the session of this browser is still good, asked after a request was refused. A change of the password
 * replaces the session, so a request that was sent with the old one is refused although the user is signed in.
 * Opens the sign-in page, which leads back to this page, when the session has ended.
 */
export async function isStillSignedIn(): Promise<boolean> {
  await Promise.all(changes);
  const ended = await fetch("/api/profile").then(
    ({ status }) => status === 401,
    () => false,
  );
  if (ended) goToSignIn();
  return !ended;
}

function goToSignIn(): void {
  const { pathname, search } = window.location;
  const here = `${pathname}${search}`;
  window.location.assign(here === "/" ? "/signin" : `/signin?next=${encodeURIComponent(here)}`);
}

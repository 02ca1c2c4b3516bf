import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { admin } from "better-auth/plugins";
import { createAccessControl } from "better-auth/plugins/access";
import { env } from "../../config/env.ts";
import { MAX_PASSWORD, MIN_PASSWORD } from "../../lib/protocol/access.ts";
import { prisma } from "../store/prisma.ts";
import { ADDRESS_HEADER, sessionCookie, TOKEN_PREFIX } from "./names.ts";

const SESSION_DAYS = 30;

// The table of routes (`requires`) decides what a role may do. The library only needs the names of the roles.
const control = createAccessControl({ lockstep: ["use"] });
const role = control.newRole({ lockstep: ["use"] });

/**
 * better-auth, used through its server API only. Its own HTTP handler is not mounted, so that our routes are
 * the only way in, and no one can sign up.
 */
function create(secret: string, cookie: string) {
  return betterAuth({
    appName: "Lockstep",
    baseURL: "http://lockstep.invalid",
    secret,
    database: prismaAdapter(prisma(), { provider: "postgresql", transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: {
      expiresIn: SESSION_DAYS * 24 * 3600,
      // Neither a cookie cache nor silent renewal: a revoked session is refused at the next request.
      cookieCache: { enabled: false },
      disableSessionRefresh: true,
    },
    advanced: {
      // `Secure` is added for each request, because the same process may be reached with and without TLS.
      useSecureCookies: false,
      cookies: { session_token: { name: cookie } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      admin({
        defaultRole: "viewer",
        adminRoles: ["admin"],
        ac: control,
        roles: { viewer: role, editor: role, admin: role },
      }),
      apiKey({
        defaultPrefix: TOKEN_PREFIX,
        requireName: true,
        startingCharactersConfig: { charactersLength: 13 },
        rateLimit: { enabled: false },
        keyExpiration: { maxExpiresIn: 3650 },
      }),
    ],
  });
}

type Auth = ReturnType<typeof create>;
const KEY = Symbol.for("lockstep.auth");
interface Made {
  over: unknown;
  secret: string;
  cookie: string;
  auth: Auth;
}
const holder = globalThis as { [KEY]?: Made };

/** The process's instance. It is created again when the database's client or a setting has changed. */
export function auth(): Auth {
  const secret = env().AUTH_SECRET;
  if (secret === undefined)
    throw new Error("AUTH_SECRET is not set; set it, or start through `npm start`, which makes one");
  const over = prisma();
  const cookie = sessionCookie(env().PUBLIC_URL);
  const made = holder[KEY];
  if (made?.over === over && made.secret === secret && made.cookie === cookie) return made.auth;
  const fresh = create(secret, cookie);
  holder[KEY] = { over, secret, cookie, auth: fresh };
  return fresh;
}

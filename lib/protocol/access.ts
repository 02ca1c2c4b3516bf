import { z } from "zod";
import { ROLES } from "./actor.ts";
import { timeSchema } from "./json.ts";

const roleSchema = z.enum(ROLES, `must be one of ${ROLES.join(", ")}`);

const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "is too long")
  .pipe(z.email("must be an email address"));

export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;
/** Only the length is checked, because length makes a password hard to guess and kinds of characters do not. */
const passwordSchema = z
  .string()
  .min(MIN_PASSWORD, `must have at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `may have at most ${MAX_PASSWORD} characters`);

const personNameSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(80, "may have at most 80 characters");
const tokenNameSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(32, "may have at most 32 characters");

/** The token in a link, after `?token=`. */
export const linkTokenSchema = z.string().min(1, "is missing").max(200, "is not a token of a Lockstep link");

export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    disabled: z.boolean(),
    created_at: timeSchema,
    last_signed_in_at: timeSchema.nullable(),
  })
  .meta({ id: "User" });
export type UserJson = z.infer<typeof userSchema>;

/** A user's sign-in in one browser. */
export const sessionSchema = z
  .object({
    id: z.string(),
    created_at: timeSchema,
    expires_at: timeSchema,
    from: z.string().nullable().describe("The address from which the user signed in"),
    user_agent: z.string().nullable(),
    current: z.boolean().describe("True for the session that sends this request"),
  })
  .meta({ id: "Session" });
export type SessionJson = z.infer<typeof sessionSchema>;

export const profileSchema = z
  .object({
    actor: z.string().describe("The name that history and audit show"),
    kind: z.enum(["user", "token"]),
    id: z.string().nullable(),
    email: z.string().nullable().describe("Null for a token"),
    name: z.string(),
    role: roleSchema,
  })
  .meta({ id: "Profile" });
export type ProfileJson = z.infer<typeof profileSchema>;

export const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    role: roleSchema,
    invited_by: z.string(),
    created_at: timeSchema,
    expires_at: timeSchema,
  })
  .meta({ id: "Invitation", description: "An invitation that is not accepted yet" });
export type InvitationJson = z.infer<typeof invitationSchema>;

export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roleSchema,
    start: z.string().describe("its first characters"),
    created_by: z.string(),
    created_at: timeSchema,
    expires_at: timeSchema.nullable(),
    last_used_at: timeSchema.nullable().describe("Exact to the minute"),
    revoked_at: timeSchema.nullable(),
  })
  .meta({ id: "Token" });
export type TokenJson = z.infer<typeof tokenSchema>;

export const signInBodySchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(1, "is missing").max(MAX_PASSWORD),
});
export const setupBodySchema = z.strictObject({
  token: linkTokenSchema,
  email: emailSchema,
  name: personNameSchema.optional(),
  password: passwordSchema,
});
export const acceptInviteBodySchema = z.strictObject({
  token: linkTokenSchema,
  name: personNameSchema.optional(),
  password: passwordSchema,
});
export const resetBodySchema = z.strictObject({ token: linkTokenSchema, password: passwordSchema });

export const profilePatchSchema = z.strictObject({ name: personNameSchema });
export const passwordBodySchema = z.strictObject({
  current_password: z.string().min(1, "is missing").max(MAX_PASSWORD),
  new_password: passwordSchema,
});
export const userPatchSchema = z
  .strictObject({ role: roleSchema, name: personNameSchema, disabled: z.boolean() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "must name at least one thing to change");
export type UserPatch = z.infer<typeof userPatchSchema>;
export const invitationBodySchema = z.strictObject({ email: emailSchema, role: roleSchema });
export const tokenBodySchema = z.strictObject({
  name: tokenNameSchema,
  role: roleSchema,
  expires_in_days: z.int().min(1).max(3650).nullable().describe("null: never"),
});

export const signedInAnswerSchema = z.object({ user: userSchema });
export const linkSubjectSchema = z.object({ email: z.string(), role: roleSchema });
export const profileAnswerSchema = z.object({ profile: profileSchema });
export const sessionsAnswerSchema = z.object({ sessions: z.array(sessionSchema) });
export const userAnswerSchema = z.object({ user: userSchema });
export const usersAnswerSchema = z.object({ users: z.array(userSchema) });
export const invitationsAnswerSchema = z.object({ invitations: z.array(invitationSchema) });
export const newInvitationAnswerSchema = z.object({
  invitation: invitationSchema,
  link: z.string().describe("shown this once"),
});
export const resetLinkAnswerSchema = z.object({
  link: z.string().describe("shown this once"),
  expires_at: timeSchema,
});
export const tokensAnswerSchema = z.object({ tokens: z.array(tokenSchema) });
export const tokenAnswerSchema = z.object({ token: tokenSchema });
export const newTokenAnswerSchema = z.object({
  token: tokenSchema,
  secret: z.string().describe("shown this once"),
});

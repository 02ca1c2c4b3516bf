import { z } from "zod";
import {
  acceptInviteBodySchema,
  invitationBodySchema,
  invitationsAnswerSchema,
  linkSubjectSchema,
  linkTokenSchema,
  newInvitationAnswerSchema,
  newTokenAnswerSchema,
  passwordBodySchema,
  profileAnswerSchema,
  profilePatchSchema,
  resetBodySchema,
  resetLinkAnswerSchema,
  sessionsAnswerSchema,
  setupBodySchema,
  signedInAnswerSchema,
  signInBodySchema,
  tokenAnswerSchema,
  tokenBodySchema,
  tokensAnswerSchema,
  userAnswerSchema,
  userPatchSchema,
  usersAnswerSchema,
} from "./access.ts";
import { noQuery } from "./query.ts";
import type { RouteSpec } from "./route-spec.ts";

const done = z.object({ status: z.literal("ok") });
const linkQuery = z.strictObject({ token: linkTokenSchema });
const open = { requires: "open", query: noQuery } as const;
/** A route for every signed-in user, which reads and changes that user's own account only. */
const own = { requires: "viewer", query: noQuery } as const;
const admin = { requires: "admin", query: noQuery } as const;

/** Signing in, users, invitations and API tokens. */
export const ACCESS_ROUTES = {
  "POST /api/auth/setup": {
    ...open,
    summary: "Create the first admin, with the link in the server's terminal",
    body: setupBodySchema,
    answer: signedInAnswerSchema,
    status: 201,
  },
  "POST /api/auth/sign-in": {
    ...open,
    summary: "Open a session (a cookie)",
    body: signInBodySchema,
    answer: signedInAnswerSchema,
  },
  "GET /api/auth/invite": {
    ...open,
    summary: "Show the email address that an invitation is for",
    query: linkQuery,
    answer: linkSubjectSchema,
  },
  "POST /api/auth/accept-invite": {
    ...open,
    summary: "Create a user with an invitation",
    body: acceptInviteBodySchema,
    answer: signedInAnswerSchema,
    status: 201,
  },
  "GET /api/auth/reset": {
    ...open,
    summary: "Show the user whose password a reset link sets",
    query: linkQuery,
    answer: linkSubjectSchema,
  },
  "POST /api/auth/reset": {
    ...open,
    summary: "Set a new password with a reset link",
    body: resetBodySchema,
    answer: signedInAnswerSchema,
  },
  "POST /api/auth/sign-out": { ...own, summary: "End this session", answer: done },
  "POST /api/auth/sign-out-everywhere": {
    ...own,
    summary: "End all sessions of the signed-in user",
    answer: done,
  },

  "GET /api/profile": { ...own, summary: "Who asks", answer: profileAnswerSchema },
  "PATCH /api/profile": {
    ...own,
    summary: "Change the name of the signed-in user",
    body: profilePatchSchema,
    answer: profileAnswerSchema,
  },
  "POST /api/profile/password": {
    ...own,
    summary: "Change the password of the signed-in user, and end the other sessions",
    body: passwordBodySchema,
    answer: done,
  },
  "GET /api/profile/sessions": { ...own, summary: "One's own sessions", answer: sessionsAnswerSchema },
  "DELETE /api/profile/sessions/:id": {
    ...own,
    summary: "End one session of the signed-in user",
    answer: done,
  },

  "GET /api/users": { ...admin, summary: "List users", answer: usersAnswerSchema },
  "PATCH /api/users/:id": {
    ...admin,
    summary: "Change a user's role or name, or disable or enable the user",
    body: userPatchSchema,
    answer: userAnswerSchema,
  },
  "GET /api/users/:id/sessions": { ...admin, summary: "A user's sessions", answer: sessionsAnswerSchema },
  "DELETE /api/users/:id/sessions": { ...admin, summary: "End all of a user's sessions", answer: done },
  "POST /api/users/:id/reset-link": {
    ...admin,
    summary: "Make a link that sets a new password once",
    answer: resetLinkAnswerSchema,
    status: 201,
  },

  "GET /api/invitations": {
    ...admin,
    summary: "List the invitations that are not accepted yet",
    answer: invitationsAnswerSchema,
  },
  "POST /api/invitations": {
    ...admin,
    summary: "Invite a new user; the link is shown once",
    body: invitationBodySchema,
    answer: newInvitationAnswerSchema,
    status: 201,
  },
  "DELETE /api/invitations/:id": { ...admin, summary: "Withdraw an invitation", answer: done },

  "GET /api/tokens": { ...admin, summary: "List API tokens", answer: tokensAnswerSchema },
  "POST /api/tokens": {
    ...admin,
    summary: "Make an API token; its secret is shown once",
    body: tokenBodySchema,
    answer: newTokenAnswerSchema,
    status: 201,
  },
  "DELETE /api/tokens/:id": { ...admin, summary: "Revoke an API token", answer: tokenAnswerSchema },
} as const satisfies Record<string, RouteSpec>;

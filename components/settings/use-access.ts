"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  InvitationJson,
  ProfileJson,
  SessionJson,
  TokenJson,
  UserJson,
  UserPatch,
} from "../../lib/protocol/access.ts";
import type { Role } from "../../lib/protocol/actor.ts";
import { api, type Method } from "../live/api.ts";
import { toast } from "../ui/toast.ts";

/** The query keys all begin with `access`, so that an audit event causes every one to be fetched again. */
export const useProfile = () =>
  useQuery({
    queryKey: ["access", "profile"],
    queryFn: () => api<{ profile: ProfileJson }>("GET", "/api/profile"),
  });
export const useOwnSessions = () =>
  useQuery({
    queryKey: ["access", "sessions"],
    queryFn: () => api<{ sessions: SessionJson[] }>("GET", "/api/profile/sessions"),
  });
export const useUsers = () =>
  useQuery({ queryKey: ["access", "users"], queryFn: () => api<{ users: UserJson[] }>("GET", "/api/users") });
export const useSessionsOf = (id: string) =>
  useQuery({
    queryKey: ["access", "users", id, "sessions"],
    queryFn: () => api<{ sessions: SessionJson[] }>("GET", `/api/users/${encodeURIComponent(id)}/sessions`),
  });
export const useInvitations = () =>
  useQuery({
    queryKey: ["access", "invitations"],
    queryFn: () => api<{ invitations: InvitationJson[] }>("GET", "/api/invitations"),
  });
export const useTokens = () =>
  useQuery({
    queryKey: ["access", "tokens"],
    queryFn: () => api<{ tokens: TokenJson[] }>("GET", "/api/tokens"),
  });

/** Sends a change. Afterwards everything about access is fetched again, even when the change was refused. */
function useChange<Asked, Answer>(request: (asked: Asked) => [Method, string, unknown?]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => api<Answer>(...request(asked)),
    onSettled: () => client.invalidateQueries({ queryKey: ["access"] }),
  });
}

/** Like useChange, and shows an error as a notice, for actions without a form. */
function useChangeWithToast<Asked, Answer>(
  failure: string,
  request: (asked: Asked) => [Method, string, unknown?],
) {
  const change = useChange<Asked, Answer>(request);
  const mutate = (asked: Asked, done?: (answer: Answer) => void) =>
    change.mutate(asked, {
      onSuccess: done,
      onError: (error) => toast.error(failure, { description: error.message }),
    });
  return { mutate, isPending: change.isPending };
}

const at = (path: string, id: string) => `${path}/${encodeURIComponent(id)}`;

export const useRename = () =>
  useChange<{ name: string }, { profile: ProfileJson }>((body) => ["PATCH", "/api/profile", body]);
export const useChangePassword = () =>
  useChange<{ current_password: string; new_password: string }, unknown>((body) => [
    "POST",
    "/api/profile/password",
    body,
  ]);
export const useEndOwnSession = () =>
  useChangeWithToast<string, unknown>("The session was not ended", (id) => [
    "DELETE",
    at("/api/profile/sessions", id),
  ]);
export const useSignOutEverywhere = () =>
  useChangeWithToast<null, unknown>("Nobody was signed out", () => ["POST", "/api/auth/sign-out-everywhere"]);

export const useChangeUser = () =>
  useChangeWithToast<{ id: string; patch: UserPatch }, { user: UserJson }>(
    "The user was not changed",
    ({ id, patch }) => ["PATCH", at("/api/users", id), patch],
  );
export const useEndSessionsOf = () =>
  useChangeWithToast<string, unknown>("The sessions were not ended", (id) => [
    "DELETE",
    `${at("/api/users", id)}/sessions`,
  ]);
export const useResetLink = () =>
  useChangeWithToast<string, { link: string; expires_at: string }>("No link was made", (id) => [
    "POST",
    `${at("/api/users", id)}/reset-link`,
  ]);

export const useInvite = () =>
  useChange<{ email: string; role: Role }, { invitation: InvitationJson; link: string }>((body) => [
    "POST",
    "/api/invitations",
    body,
  ]);
export const useWithdraw = () =>
  useChangeWithToast<string, unknown>("The invitation was not withdrawn", (id) => [
    "DELETE",
    at("/api/invitations", id),
  ]);

export const useMakeToken = () =>
  useChange<
    { name: string; role: Role; expires_in_days: number | null },
    { token: TokenJson; secret: string }
  >((body) => ["POST", "/api/tokens", body]);
export const useRevoke = () =>
  useChangeWithToast<string, unknown>("The token was not revoked", (id) => ["DELETE", at("/api/tokens", id)]);

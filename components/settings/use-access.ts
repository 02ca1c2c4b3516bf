"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BodyInput } from "../../lib/protocol/route-types.ts";
import { call } from "../live/api.ts";
import { toast } from "../ui/toast.ts";

/** The query keys all begin with `access`, so that an audit event causes every one to be fetched again. */
export const useProfile = () =>
  useQuery({
    queryKey: ["access", "profile"],
    queryFn: () => call("GET /api/profile"),
  });
export const useOwnSessions = () =>
  useQuery({
    queryKey: ["access", "sessions"],
    queryFn: () => call("GET /api/profile/sessions"),
  });
export const useUsers = () =>
  useQuery({ queryKey: ["access", "users"], queryFn: () => call("GET /api/users") });
export const useSessionsOf = (id: string) =>
  useQuery({
    queryKey: ["access", "users", id, "sessions"],
    queryFn: () => call("GET /api/users/:id/sessions", { params: { id } }),
  });
export const useInvitations = () =>
  useQuery({
    queryKey: ["access", "invitations"],
    queryFn: () => call("GET /api/invitations"),
  });
export const useTokens = () =>
  useQuery({
    queryKey: ["access", "tokens"],
    queryFn: () => call("GET /api/tokens"),
  });

/** Sends a change. Afterwards everything about access is fetched again, even when the change was refused. */
function useChange<Asked, Answer>(request: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSettled: () => client.invalidateQueries({ queryKey: ["access"] }),
  });
}

/** Like useChange, and shows an error as a notice, for actions without a form. */
function useChangeWithToast<Asked, Answer>(failure: string, request: (asked: Asked) => Promise<Answer>) {
  const change = useChange(request);
  const mutate = (asked: Asked, done?: (answer: Answer) => void) =>
    change.mutate(asked, {
      onSuccess: done,
      onError: (error) => toast.error(failure, { description: error.message }),
    });
  return { mutate, isPending: change.isPending };
}

export const useRename = () =>
  useChange((body: BodyInput<"PATCH /api/profile">) => call("PATCH /api/profile", { body }));
export const useChangePassword = () =>
  useChange((body: BodyInput<"POST /api/profile/password">) => call("POST /api/profile/password", { body }));
export const useEndOwnSession = () =>
  useChangeWithToast("The session was not ended", (id: string) =>
    call("DELETE /api/profile/sessions/:id", { params: { id } }),
  );
export const useSignOutEverywhere = () =>
  useChangeWithToast("The sessions were not ended", (_: null) => call("POST /api/auth/sign-out-everywhere"));

export const useChangeUser = () =>
  useChangeWithToast(
    "The user was not changed",
    ({ id, patch }: { id: string; patch: BodyInput<"PATCH /api/users/:id"> }) =>
      call("PATCH /api/users/:id", { params: { id }, body: patch }),
  );
export const useEndSessionsOf = () =>
  useChangeWithToast("The sessions were not ended", (id: string) =>
    call("DELETE /api/users/:id/sessions", { params: { id } }),
  );
export const useResetLink = () =>
  useChangeWithToast("No link was made", (id: string) =>
    call("POST /api/users/:id/reset-link", { params: { id } }),
  );

export const useInvite = () =>
  useChange((body: BodyInput<"POST /api/invitations">) => call("POST /api/invitations", { body }));
export const useWithdraw = () =>
  useChangeWithToast("The invitation was not withdrawn", (id: string) =>
    call("DELETE /api/invitations/:id", { params: { id } }),
  );

export const useMakeToken = () =>
  useChange((body: BodyInput<"POST /api/tokens">) => call("POST /api/tokens", { body }));
export const useRevoke = () =>
  useChangeWithToast("The token was not revoked", (id: string) =>
    call("DELETE /api/tokens/:id", { params: { id } }),
  );

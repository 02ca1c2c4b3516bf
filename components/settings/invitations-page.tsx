"use client";

import { MailPlus } from "lucide-react";
import { useState } from "react";
import type { InvitationJson } from "../../lib/protocol/access.ts";
import type { Role } from "../../lib/protocol/actor.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { ROLE, ROLE_OPTIONS } from "./role-words.ts";
import { Row, Rows, Section } from "./section.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useInvitations, useInvite, useWithdraw } from "./use-access.ts";

/** Asks somebody in: a link, handed over by whatever means one trusts. */
export function InvitationsPage() {
  const { data, error, isPending, refetch } = useInvitations();
  const invite = useInvite();
  const withdraw = useWithdraw();
  const [role, setRole] = useState<Role>("viewer");
  const [made, setMade] = useState<{ invitation: InvitationJson; link: string } | null>(null);
  return (
    <>
      <Section title="Invite somebody" lead="They choose their own password. The link works once.">
        <SettingsForm
          submit="Make the link"
          inline
          onSubmit={async ({ email = "" }) => setMade(await invite.mutateAsync({ email, role }))}
        >
          {(errors) => (
            <>
              <div className="w-full sm:w-72">
                <Field label="Email" error={errors["email"]}>
                  {(control) => (
                    <Input
                      {...control}
                      name="email"
                      type="email"
                      autoComplete="off"
                      required
                      maxLength={254}
                    />
                  )}
                </Field>
              </div>
              <Field label="Role" error={errors["role"]}>
                {({ id }) => (
                  <Select
                    id={id}
                    value={role}
                    onValueChange={(next) => setRole(next)}
                    options={ROLE_OPTIONS}
                    className="w-28"
                  />
                )}
              </Field>
              <p className="text-muted order-last basis-full text-xs">{ROLE[role]}</p>
            </>
          )}
        </SettingsForm>
      </Section>
      <Section title="Open invitations" lead="Nobody has accepted these yet.">
        {isPending ? (
          <SkeletonRows label="Loading the invitations" rows={2} />
        ) : !data ? (
          <ErrorState title="The invitations cannot be listed" error={error} onRetry={() => void refetch()} />
        ) : data.invitations.length === 0 ? (
          <EmptyState icon={MailPlus} title="No open invitations" />
        ) : (
          <Rows label="Invitations">
            {data.invitations.map((invitation) => (
              <Row
                key={invitation.id}
                name={
                  <>
                    {invitation.email} <Badge>{invitation.role}</Badge>
                  </>
                }
                aside={
                  <Button
                    size="small"
                    disabled={withdraw.isPending}
                    onClick={() => withdraw.mutate(invitation.id)}
                    aria-label={`Withdraw the invitation of ${invitation.email}`}
                  >
                    Withdraw
                  </Button>
                }
              >
                invited <Time at={invitation.created_at} /> by {invitation.invited_by.replace(/^\w+:/, "")},
                ends <Time at={invitation.expires_at} />
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      {made && (
        <ShownOnce
          title={`${made.invitation.email} is invited`}
          what="Send them this link"
          value={made.link}
          onClose={() => setMade(null)}
        >
          <p className="text-muted text-sm">
            Whoever opens it joins as {made.invitation.role}. It works once and ends{" "}
            <Time at={made.invitation.expires_at} show="both" />.
          </p>
        </ShownOnce>
      )}
    </>
  );
}

"use client";

import { MAX_PASSWORD, MIN_PASSWORD } from "../../lib/protocol/access.ts";
import { PasswordInput } from "../access/password-input.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Field, Input } from "../ui/field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { toast } from "../ui/toast.ts";
import { ROLE } from "./role-words.ts";
import { Section } from "./section.tsx";
import { Sessions } from "./sessions.tsx";
import { SettingsForm } from "./settings-form.tsx";
import {
  useChangePassword,
  useEndOwnSession,
  useOwnSessions,
  useProfile,
  useRename,
  useSignOutEverywhere,
} from "./use-access.ts";

/** The signed-in person's name, password and sessions. */
export function ProfilePage() {
  const { data, error, isPending, refetch } = useProfile();
  const rename = useRename();
  if (isPending) return <SkeletonRows label="Loading your profile" />;
  if (!data)
    return (
      <ErrorState title="Your profile could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  const { profile } = data;
  return (
    <>
      <Section
        title="You"
        lead={
          <>
            {profile.email ?? profile.name} <Badge>{profile.role}</Badge> {ROLE[profile.role]}
          </>
        }
      >
        <SettingsForm
          submit="Save the name"
          keep
          onSubmit={async ({ name = "" }) => {
            await rename.mutateAsync({ name });
            toast.success("Your name is saved");
          }}
        >
          {(errors) => (
            <Field label="Name" error={errors["name"]}>
              {(control) => (
                <Input
                  key={profile.name}
                  {...control}
                  name="name"
                  defaultValue={profile.name}
                  autoComplete="name"
                  required
                  maxLength={80}
                />
              )}
            </Field>
          )}
        </SettingsForm>
      </Section>
      <Password email={profile.email ?? ""} />
      <OwnSessions />
    </>
  );
}

function Password({ email }: { email: string }) {
  const change = useChangePassword();
  return (
    <Section title="Password" lead="Changing it signs you out everywhere else.">
      <SettingsForm
        submit="Change the password"
        onSubmit={async ({ current_password = "", new_password = "" }) => {
          await change.mutateAsync({ current_password, new_password });
          toast.success("Your password is changed", { description: "All your other sessions have ended." });
        }}
      >
        {(errors) => (
          <>
            {/* For password managers: whose password this is. */}
            <input type="email" value={email} readOnly autoComplete="username" className="hidden" />
            <Field label="Current password" error={errors["current_password"]}>
              {(control) => <PasswordInput control={control} name="current_password" />}
            </Field>
            <Field
              label="New password"
              error={errors["new_password"]}
              hint={`From ${MIN_PASSWORD} to ${MAX_PASSWORD} characters; a few words work well.`}
            >
              {(control) => <PasswordInput control={control} name="new_password" fresh />}
            </Field>
          </>
        )}
      </SettingsForm>
    </Section>
  );
}

function OwnSessions() {
  const { data, error, isPending, refetch } = useOwnSessions();
  const end = useEndOwnSession();
  const endAll = useSignOutEverywhere();
  return (
    <Section
      title="Sessions"
      lead="Where you are signed in."
      aside={
        <Button
          disabled={endAll.isPending}
          onClick={() => endAll.mutate(null, () => window.location.assign("/signin"))}
        >
          Sign out everywhere
        </Button>
      }
    >
      {isPending ? (
        <SkeletonRows label="Loading your sessions" rows={2} />
      ) : !data ? (
        <ErrorState title="Your sessions could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Sessions
          sessions={data.sessions}
          aside={(session) =>
            session.current ? null : (
              <Button size="small" disabled={end.isPending} onClick={() => end.mutate(session.id)}>
                Sign out
              </Button>
            )
          }
        />
      )}
    </Section>
  );
}

import type { Metadata } from "next";
import { AccessPage } from "../../components/access/access-page.tsx";
import { GoneLink } from "../../components/access/gone-link.tsx";
import { NewPasswordForm } from "../../components/access/new-password-form.tsx";
import { isSetUp, linkSubject } from "../../server/queries/access.ts";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const { token } = await searchParams;
  if (await isSetUp()) return <GoneLink>Lockstep is set up already. Sign in instead.</GoneLink>;
  if (typeof token !== "string" || !(await linkSubject("setup", token))) {
    return <GoneLink>The link lasted one hour. Restart the server for a new one.</GoneLink>;
  }
  return (
    <AccessPage
      title="Welcome to Lockstep"
      lead="You are the first one here. Create the admin account; you can invite others afterwards."
    >
      <NewPasswordForm kind="setup" token={token} />
    </AccessPage>
  );
}

import type { Metadata } from "next";
import { SignInForm } from "../../../components/shell/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { wrong } = await searchParams;
  return <SignInForm wrong={wrong !== undefined} />;
}

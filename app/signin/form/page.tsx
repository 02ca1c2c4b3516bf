import { SignInForm } from "../../../components/sign-in-form.tsx";

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { wrong } = await searchParams;
  return <SignInForm wrong={wrong !== undefined} />;
}

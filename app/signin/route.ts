import { formToken, refuseForeignForm, signIn } from "../../server/web/sign-in.ts";

/** The link in the terminal. */
export function GET(request: Request): Response {
  return signIn(request, new URL(request.url).searchParams.get("token"));
}

export async function POST(request: Request): Promise<Response> {
  return refuseForeignForm(request) ?? signIn(request, await formToken(request));
}

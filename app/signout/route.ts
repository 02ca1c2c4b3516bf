import { refuseForeignForm, signOut } from "../../server/web/sign-in.ts";

export function POST(request: Request): Response {
  return refuseForeignForm(request) ?? signOut(request);
}

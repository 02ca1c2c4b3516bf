/**
 * The page's policy lets no style in that lacks its nonce, and the editor, the toasts and the dialogs make style elements as they
 * go without knowing of one. Whoever gets to call this is a script that runs by that very nonce, so its styles may too; markup
 * that found its way into the page stays without. Imported first, for its effect, before the libraries it is for.
 */
if (typeof document !== "undefined") {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  const create = document.createElement.bind(document) as typeof document.createElement;
  if (nonce) {
    document.createElement = ((name: string, options?: ElementCreationOptions) => {
      const element = create(name, options);
      if (element instanceof HTMLStyleElement) element.nonce = nonce;
      return element;
    }) as typeof document.createElement;
  }
}

export {};

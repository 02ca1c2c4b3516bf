/** A page cannot show more, and an answer need not carry more. */
export const MOST_SHOWN_BYTES = 8 * 1024 * 1024;

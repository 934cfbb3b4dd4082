import type { Values } from './variables.ts'

/** What starts, but should not stay so: one line each, for the log. */
export function warnings({ NODE_ENV, SMTP_URL }: Pick<Values, 'NODE_ENV' | 'SMTP_URL'>): readonly string[] {
  return NODE_ENV === 'production' && SMTP_URL === undefined
    ? ['SMTP_URL is not set: mails become files in DATA_DIR/outbox, with their links and codes in the clear, and reach nobody']
    : []
}

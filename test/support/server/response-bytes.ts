import type { Answer } from './client.ts'

/** Everything of an answer but its date. */
export const responseBytes = ({ status, headers: { date: _, ...headers }, text }: Answer) =>
  JSON.stringify({ status, headers: Object.entries(headers), text })

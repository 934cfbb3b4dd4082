import type { Answer } from './client.ts'

/** The whole response without its date. */
export const responseBytes = ({ status, headers: { date: _, ...headers }, text }: Answer) =>
  JSON.stringify({ status, headers: Object.entries(headers), text })

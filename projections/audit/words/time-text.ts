/** Milliseconds since 1970, in UTC. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

const day = 86_400_000

type Times = {
  readonly wall: number
  /** When the newest event was recorded; 0 for an empty log. */
  readonly newest: number
  /** When a process last ran on this data directory; 0 if that is not known. */
  readonly lastAlive: number
}

/** How the wall clock stands to what is known of the past. `ahead` may also mean that nothing ran for more than a day. */
export function clockAtStart({ wall, newest, lastAlive }: Times): 'behind' | 'ahead' | 'plausible' {
  if (newest === 0) return 'plausible'
  if (wall < newest - day) return 'behind'
  return wall > Math.max(newest, lastAlive) + day ? 'ahead' : 'plausible'
}

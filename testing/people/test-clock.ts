/** Added up. At least one is above 0. */
export type Duration = {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

export type TestClock = {
  /** Gatebook's time. */
  readonly now: () => Date
  /** Sessions, links and locks see it at once; timers of the process do not run faster. There is no way back. */
  readonly advance: (by: Duration) => Promise<Date>
}

const units = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 } as const

const isUnit = (name: string): name is keyof typeof units => name in units

export function millisecondsOf(by: Duration): number {
  const parts = Object.entries(by).map(([name, value]: [string, unknown]) => {
    if (!isUnit(name) || typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`clock.advance: ${Object.keys(units).join(', ')}, each 0 or more`)
    return value * units[name]
  })
  const all = Math.round(parts.reduce((sum, part) => sum + part, 0))
  if (!Number.isSafeInteger(all) || all === 0) throw new TypeError('clock.advance: expected some time')
  return all
}

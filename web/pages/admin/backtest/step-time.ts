import type { Language } from '../../../texts/language.ts'

/** Milliseconds. */
export const stepWidths = { hour: 3_600_000, day: 86_400_000 } as const

/** Steps begin in UTC, so they are shown in it. */
export function stepTime(language: Language, step: 'hour' | 'day') {
  const words = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    ...(step === 'hour' ? { timeStyle: 'short' } : {}),
    timeZone: 'UTC',
  })
  return (time: number) => words.format(time)
}

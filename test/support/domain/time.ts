import { type Instant, instant } from '../../../domain/kernel/instant.ts'

export const noon: Instant = instant(Date.parse('2026-06-01T12:00:00.000Z'))

/** The instant `milliseconds` after noon. */
export const later = (milliseconds: number): Instant => instant(noon + milliseconds)

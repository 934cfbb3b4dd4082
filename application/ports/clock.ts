import type { Instant } from '../../domain/kernel/instant.ts'

/** Wall time that never goes back: the highest seen so far, across restarts. */
export type Now = () => Instant

/** A UUIDv7. */
export type NewId = () => string

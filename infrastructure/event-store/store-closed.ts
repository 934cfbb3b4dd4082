import type { StoreFailure } from '../../application/ports/event-store.ts'

export const storeClosed: StoreFailure = { type: 'unavailable', detail: 'the store is closed' }

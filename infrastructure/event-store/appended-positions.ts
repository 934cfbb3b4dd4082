import type { NewEvent } from '../../application/ports/event-store.ts'

/** Up to which position each call that is under way has appended; they are told apart by the correlation id in their events. */
export function appendedPositions() {
  const underWay = new Map<string, number>()
  return {
    /** `appended` is 0 as long as the call has appended nothing. To be ended, or it is remembered for ever. */
    follow: (correlationId: string) => {
      underWay.set(correlationId, 0)
      return { appended: () => underWay.get(correlationId) ?? 0, end: () => void underWay.delete(correlationId) }
    },
    note: ({ metadata: { correlationId } }: Pick<NewEvent, 'metadata'>, position: number) => {
      const before = underWay.get(correlationId)
      if (before !== undefined && position > before) underWay.set(correlationId, position)
    },
  }
}

export type AppendedPositions = ReturnType<typeof appendedPositions>

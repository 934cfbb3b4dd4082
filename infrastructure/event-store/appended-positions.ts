import type { NewEvent } from '../../application/ports/event-store.ts'

export function appendedPositions() {
  const underWay = new Map<string, number>()
  return {
    /** Call `end`, or the entry stays. */
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

import type { RecordedEvent } from '../../../application/ports/event-store.ts'

export function memoryLog() {
  let all: RecordedEvent[] = []
  const streams = new Map<string, readonly RecordedEvent[]>()

  const drop = (stream: string) => {
    if (streams.delete(stream)) all = all.filter((event) => event.stream !== stream)
  }
  return {
    ofStream: (stream: string) => streams.get(stream) ?? [],
    after: (position: number, limit: number) => {
      const start = all.findLastIndex((event) => event.position <= position) + 1
      return all.slice(start, start + limit)
    },
    newest: () => all.at(-1),
    add: (stream: string, events: readonly RecordedEvent[]) => {
      all.push(...events)
      streams.set(stream, [...(streams.get(stream) ?? []), ...events])
    },
    replace: (stream: string, changed: (event: RecordedEvent) => RecordedEvent) => {
      const events = (streams.get(stream) ?? []).map(changed)
      const at = new Map(events.map((event) => [event.position, event]))
      streams.set(stream, events)
      all = all.map((event) => at.get(event.position) ?? event)
    },
    drop,
  }
}

export type MemoryLog = ReturnType<typeof memoryLog>

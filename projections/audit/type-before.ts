import type { DomainEvent } from '../../domain/catalogue.ts'

/** An entry keeps its type when its payload is erased, so that a rebuild comes to the same rows. */
export function typeBefore(event: DomainEvent): string {
  if (event.type === 'SessionPayloadErased') return 'SessionGranted'
  return event.type === 'LoginPayloadErased' ? event.data.eventType : event.type
}

import type { LoggedEvent } from '../../application/ports/local-log.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'

type Linked = Pick<LoggedEvent, 'stream' | 'data'> & { readonly metadata: { readonly sessionId?: string } }

const inData = (data: unknown) => {
  const id = typeof data === 'object' && data !== null && 'sessionId' in data ? data.sessionId : null
  return typeof id === 'string' ? id : undefined
}

/** The session that an event is about, and then the one in which it was asked for. Data of older versions may name it too. */
export function sessionsOf({ stream, data, metadata }: Linked): readonly string[] {
  const subject = categoryOf(stream) === 'session' ? idInStream(stream) : undefined
  return [...new Set([subject, metadata.sessionId, inData(data)].filter((id) => id !== undefined))]
}

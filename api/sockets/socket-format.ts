import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import type { SealedNumbers } from '../../application/ports/sealed-numbers.ts'
import type { AuditEntry } from '../../projections/audit/audit-entry.ts'
import { writeEnvelope } from './frames.ts'

/** Positions are those of `GET /audit/me/live`: a client may go on here with what it has from there. */
export function socketFormat({ seal, open }: SealedNumbers) {
  const sealed = (position: number) => seal('own_live_cursor', position)
  return {
    positionOf: (text: string) => open('own_live_cursor', text),
    subscribed: (position: number, id: number) => writeEnvelope({ case: 'subscribed', value: { position: sealed(position) } }, id),
    reset: (position: number) => writeEnvelope({ case: 'eventsMissed', value: { position: sealed(position) } }),
    entry: ({ position, at, type, account, actor, summary, correlationId }: AuditEntry) => {
      const value = { type, account: account ?? '', actor, summary, correlationId, at: timestampFromMs(at), position: sealed(position) }
      return writeEnvelope({ case: 'myEvent', value })
    },
  }
}

export type SocketFormat = ReturnType<typeof socketFormat>

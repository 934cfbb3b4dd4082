import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { type Envelope, EnvelopeSchema } from './gatebook_pb.ts'

/** Of a message, however many frames it has. */
export const mostFrameBytes = 65_536

export type Payload = NonNullable<MessageInitShape<typeof EnvelopeSchema>['payload']>

/** Undefined if it is not one. What a newer client says beside what is known is dropped. */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    return fromBinary(EnvelopeSchema, bytes, { readUnknownFields: false })
  } catch {
    return undefined
  }
}

/** `id`: of the message that it answers. */
export function writeEnvelope(payload: Payload, id = 0): Uint8Array {
  return toBinary(EnvelopeSchema, create(EnvelopeSchema, { id, payload }))
}

import sharedPb, { type UUID } from '@eventstore/db-client/generated/shared_pb.js'
import streamsPb, { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { type Expected, lastRevision, type ProposedEvent, type StoredEvent } from './log.ts'

/** An error as the server reports it: a code, and the exception with its details in the trailers. */
export const fault = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): Partial<ServiceError> => {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return { code, details, metadata }
}

export const streamDeleted = (stream: string) =>
  fault(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream })

export const nameIn = (identifier: { getStreamName_asU8: () => Uint8Array } | undefined) =>
  new TextDecoder().decode(identifier?.getStreamName_asU8() ?? new Uint8Array())

export const identifierOf = (stream: string) => {
  const identifier = new sharedPb.StreamIdentifier()
  identifier.setStreamName(new TextEncoder().encode(stream))
  return identifier
}

type WithExpected = {
  readonly hasNoStream: () => boolean
  readonly hasAny: () => boolean
  readonly hasStreamExists: () => boolean
}

export const expectedIn = (options: WithExpected, revision: string): Expected => {
  if (options.hasNoStream()) return 'no_stream'
  if (options.hasAny()) return 'any'
  return options.hasStreamExists() ? 'stream_exists' : Number(revision)
}

type ProposedMessage = {
  readonly getId: () => UUID | undefined
  readonly getMetadataMap: () => { get: (key: string) => string | undefined }
  readonly getData_asU8: () => Uint8Array
  readonly getCustomMetadata_asU8: () => Uint8Array
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `null` where the server would refuse: an id that is not a UUID, or a missing type. */
export const proposedEvent = (message: ProposedMessage): ProposedEvent | null => {
  const id = message.getId()?.getString() ?? ''
  const type = message.getMetadataMap().get('type') ?? ''
  if (!uuid.test(id) || type === '') return null
  const contentType = message.getMetadataMap().get('content-type') ?? 'application/octet-stream'
  return { id: id.toLowerCase(), type, contentType, data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() }
}

const ticksPerMillisecond = 10_000n

export const eventResponse = (event: StoredEvent): ReadResp => {
  const id = new sharedPb.UUID()
  id.setString(event.id)
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
  recorded.setId(id)
  recorded.setStreamIdentifier(identifierOf(event.stream))
  recorded.setStreamRevision(event.revision === lastRevision ? '9223372036854775807' : String(event.revision))
  recorded.setCommitPosition(String(event.position))
  recorded.setPreparePosition(String(event.position))
  recorded.getMetadataMap().set('type', event.type)
  recorded.getMetadataMap().set('content-type', event.contentType)
  recorded.getMetadataMap().set('created', String(BigInt(event.created) * ticksPerMillisecond))
  recorded.setData(event.data)
  recorded.setCustomMetadata(event.metadata)
  const read = new streamsPb.ReadResp.ReadEvent()
  read.setEvent(recorded)
  read.setCommitPosition(String(event.position))
  const response = new streamsPb.ReadResp()
  response.setEvent(read)
  return response
}

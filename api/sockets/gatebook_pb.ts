// Made from `proto/gatebook.proto` by `npm run docs`; do not edit.

import type { Message } from '@bufbuild/protobuf'
import type { GenFile, GenMessage } from '@bufbuild/protobuf/codegenv2'
import { fileDesc, messageDesc } from '@bufbuild/protobuf/codegenv2'
import type { Timestamp } from '@bufbuild/protobuf/wkt'
import { file_google_protobuf_timestamp } from '@bufbuild/protobuf/wkt'

export const file_gatebook: GenFile =
  /*@__PURE__*/
  fileDesc(
    'Cg5nYXRlYm9vay5wcm90bxILZ2F0ZWJvb2sudjEizQQKCEVudmVsb3BlEgoKAmlkGAEgASgNEjEKDGF1dGhlbnRpY2F0ZRgCIAEoCzIZLmdhdGVib29rLnYxLkF1dGhlbnRpY2F0ZUgAEj0KE3NlcnZlcl9pbmZvX3JlcXVlc3QYAyABKAsyHi5nYXRlYm9vay52MS5TZXJ2ZXJJbmZvUmVxdWVzdEgAEj0KE3N1YnNjcmliZV9teV9ldmVudHMYBCABKAsyHi5nYXRlYm9vay52MS5TdWJzY3JpYmVNeUV2ZW50c0gAEi8KC3Vuc3Vic2NyaWJlGAUgASgLMhguZ2F0ZWJvb2sudjEuVW5zdWJzY3JpYmVIABIzCg1hdXRoZW50aWNhdGVkGAogASgLMhouZ2F0ZWJvb2sudjEuQXV0aGVudGljYXRlZEgAEi4KC3NlcnZlcl9pbmZvGAsgASgLMhcuZ2F0ZWJvb2sudjEuU2VydmVySW5mb0gAEi0KCnN1YnNjcmliZWQYDCABKAsyFy5nYXRlYm9vay52MS5TdWJzY3JpYmVkSAASMQoMdW5zdWJzY3JpYmVkGA0gASgLMhkuZ2F0ZWJvb2sudjEuVW5zdWJzY3JpYmVkSAASKAoIbXlfZXZlbnQYDiABKAsyFC5nYXRlYm9vay52MS5NeUV2ZW50SAASMgoNZXZlbnRzX21pc3NlZBgPIAEoCzIZLmdhdGVib29rLnYxLkV2ZW50c01pc3NlZEgAEiMKBWVycm9yGBAgASgLMhIuZ2F0ZWJvb2sudjEuRXJyb3JIAEIJCgdwYXlsb2FkIkwKDEF1dGhlbnRpY2F0ZRIPCgd1c2VyX2lkGAEgASgJEhUKDXNlc3Npb25fdG9rZW4YAiABKAkSFAoMYWNjZXNzX3Rva2VuGAMgASgJImQKDUF1dGhlbnRpY2F0ZWQSDwoHdXNlcl9pZBgBIAEoCRISCgpzZXNzaW9uX2lkGAIgASgJEi4KCmV4cGlyZXNfYXQYAyABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wIhMKEVNlcnZlckluZm9SZXF1ZXN0IocBCgpTZXJ2ZXJJbmZvEgwKBG5hbWUYASABKAkSEwoLYXBpX3ZlcnNpb24YAiABKAkSJwoDbm93GAMgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcBIXCg9tYXhfZnJhbWVfYnl0ZXMYBCABKA0SFAoMcGluZ19zZWNvbmRzGAUgASgNIiIKEVN1YnNjcmliZU15RXZlbnRzEg0KBWFmdGVyGAEgASgJIh4KClN1YnNjcmliZWQSEAoIcG9zaXRpb24YASABKAkiDQoLVW5zdWJzY3JpYmUiDgoMVW5zdWJzY3JpYmVkIpoBCgdNeUV2ZW50EhAKCHBvc2l0aW9uGAEgASgJEiYKAmF0GAIgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcBIMCgR0eXBlGAMgASgJEg8KB2FjY291bnQYBCABKAkSDQoFYWN0b3IYBSABKAkSDwoHc3VtbWFyeRgGIAEoCRIWCg5jb3JyZWxhdGlvbl9pZBgHIAEoCSIgCgxFdmVudHNNaXNzZWQSEAoIcG9zaXRpb24YASABKAkiFQoFRXJyb3ISDAoEY29kZRgBIAEoCWIGcHJvdG8z',
    [file_google_protobuf_timestamp],
  )

export type Envelope = Message<'gatebook.v1.Envelope'> & {
  id: number

  payload:
    | {
        value: Authenticate
        case: 'authenticate'
      }
    | {
        value: ServerInfoRequest
        case: 'serverInfoRequest'
      }
    | {
        value: SubscribeMyEvents
        case: 'subscribeMyEvents'
      }
    | {
        value: Unsubscribe
        case: 'unsubscribe'
      }
    | {
        value: Authenticated
        case: 'authenticated'
      }
    | {
        value: ServerInfo
        case: 'serverInfo'
      }
    | {
        value: Subscribed
        case: 'subscribed'
      }
    | {
        value: Unsubscribed
        case: 'unsubscribed'
      }
    | {
        value: MyEvent
        case: 'myEvent'
      }
    | {
        value: EventsMissed
        case: 'eventsMissed'
      }
    | {
        value: Error
        case: 'error'
      }
    | { case: undefined; value?: undefined }
}

export const EnvelopeSchema: GenMessage<Envelope> = /*@__PURE__*/ messageDesc(file_gatebook, 0)

export type Authenticate = Message<'gatebook.v1.Authenticate'> & {
  userId: string

  sessionToken: string

  accessToken: string
}

export const AuthenticateSchema: GenMessage<Authenticate> = /*@__PURE__*/ messageDesc(file_gatebook, 1)

export type Authenticated = Message<'gatebook.v1.Authenticated'> & {
  userId: string

  sessionId: string

  expiresAt?: Timestamp | undefined
}

export const AuthenticatedSchema: GenMessage<Authenticated> = /*@__PURE__*/ messageDesc(file_gatebook, 2)

export type ServerInfoRequest = Message<'gatebook.v1.ServerInfoRequest'> & {}

export const ServerInfoRequestSchema: GenMessage<ServerInfoRequest> = /*@__PURE__*/ messageDesc(file_gatebook, 3)

export type ServerInfo = Message<'gatebook.v1.ServerInfo'> & {
  name: string

  apiVersion: string

  now?: Timestamp | undefined

  maxFrameBytes: number

  pingSeconds: number
}

export const ServerInfoSchema: GenMessage<ServerInfo> = /*@__PURE__*/ messageDesc(file_gatebook, 4)

export type SubscribeMyEvents = Message<'gatebook.v1.SubscribeMyEvents'> & {
  after: string
}

export const SubscribeMyEventsSchema: GenMessage<SubscribeMyEvents> = /*@__PURE__*/ messageDesc(file_gatebook, 5)

export type Subscribed = Message<'gatebook.v1.Subscribed'> & {
  position: string
}

export const SubscribedSchema: GenMessage<Subscribed> = /*@__PURE__*/ messageDesc(file_gatebook, 6)

export type Unsubscribe = Message<'gatebook.v1.Unsubscribe'> & {}

export const UnsubscribeSchema: GenMessage<Unsubscribe> = /*@__PURE__*/ messageDesc(file_gatebook, 7)

export type Unsubscribed = Message<'gatebook.v1.Unsubscribed'> & {}

export const UnsubscribedSchema: GenMessage<Unsubscribed> = /*@__PURE__*/ messageDesc(file_gatebook, 8)

export type MyEvent = Message<'gatebook.v1.MyEvent'> & {
  position: string

  at?: Timestamp | undefined

  type: string

  account: string

  actor: string

  summary: string

  correlationId: string
}

export const MyEventSchema: GenMessage<MyEvent> = /*@__PURE__*/ messageDesc(file_gatebook, 9)

export type EventsMissed = Message<'gatebook.v1.EventsMissed'> & {
  position: string
}

export const EventsMissedSchema: GenMessage<EventsMissed> = /*@__PURE__*/ messageDesc(file_gatebook, 10)

export type Error = Message<'gatebook.v1.Error'> & {
  code: string
}

export const ErrorSchema: GenMessage<Error> = /*@__PURE__*/ messageDesc(file_gatebook, 11)

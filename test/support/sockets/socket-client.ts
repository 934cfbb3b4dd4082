import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { WebSocket } from 'ws'
import type { Payload } from '../../../api/sockets/frames.ts'
import { type Envelope, EnvelopeSchema } from '../../../api/sockets/gatebook_pb.ts'

export type Closed = { readonly code: number; readonly at: number }

type Opening = {
  readonly query?: string
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly autoPong?: boolean
}

type Case = NonNullable<Envelope['payload']['case']>
export type Message<C extends Case> = Extract<Envelope['payload'], { case: C }>['value']

/** A client on a real connection. Rejects with the status of a refused handshake. */
export const openSocket = async (baseUrl: string, { query = '', origin, headers = {}, autoPong = true }: Opening = {}) => {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/api/1/ws${query}`, {
    headers: { ...headers },
    autoPong,
    perMessageDeflate: true,
    ...(origin === undefined ? {} : { origin }),
  })
  const received: Envelope[] = []
  let notify = () => {}
  let ended: Closed | undefined
  let lastId = 0
  const refused = new Promise<never>((_, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => reject(Object.assign(new Error(`refused with ${response.statusCode}`), { response, text })))
    })
    socket.on('error', reject)
  })
  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code) => {
      ended = { code, at: performance.now() }
      notify()
      resolve(ended)
    })
  })
  socket.on('message', (data) => {
    received.push(fromBinary(EnvelopeSchema, data as Buffer))
    notify()
  })
  await Promise.race([refused, new Promise<void>((resolve) => socket.once('open', () => resolve()))])
  refused.catch(() => {})

  const until = async <Found>(find: () => Found | undefined): Promise<Found> => {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (ended !== undefined) throw new Error(`closed with ${ended.code}`)
      await new Promise<void>((resolve) => {
        notify = resolve
      })
    }
  }
  const send = (payload: Payload, id = ++lastId) => {
    socket.send(toBinary(EnvelopeSchema, create(EnvelopeSchema, { id, payload })))
    return id
  }
  const next = async <C extends Case>(kind: C): Promise<Message<C>> => {
    const found = await until(() => received.find(({ payload }) => payload.case === kind))
    received.splice(received.indexOf(found), 1)
    return found.payload.value as Message<C>
  }
  /** What answers the message. */
  const ask = async <C extends Case>(payload: Payload, kind: C): Promise<Message<C>> => {
    const id = send(payload)
    const { payload: answer } = await until(() => received.find((envelope) => envelope.id === id))
    if (answer.case !== kind) throw new Error(`answered ${answer.case}`)
    return answer.value as Message<C>
  }
  return {
    socket,
    received,
    send,
    next,
    ask,
    closed,
    authenticate: (userId: string, sessionToken: string) => ask({ case: 'authenticate', value: { userId, sessionToken } }, 'authenticated'),
    subscribe: (after = '') => ask({ case: 'subscribeMyEvents', value: { after } }, 'subscribed'),
    close: async () => {
      socket.close()
      return closed
    },
  }
}

export type SocketClient = Awaited<ReturnType<typeof openSocket>>

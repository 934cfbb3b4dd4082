import { urlOf } from './client.ts'

export type LiveEvent = { readonly event: string; readonly id: string; readonly data: Record<string, string> }

type Opening = { readonly token?: string; readonly headers?: Readonly<Record<string, string>> }

/** By the grammar of server-sent events, for streams that end their lines with LF. */
const parse = (block: string): LiveEvent | undefined => {
  const fields = new Map(
    block.split('\n').flatMap((line) => (line.startsWith(':') ? [] : [line.split(/: (.*)/s).slice(0, 2) as [string, string]])),
  )
  const [event = 'message', id = '', data] = [fields.get('event'), fields.get('id'), fields.get('data')]
  return data === undefined ? undefined : { event, id, data: JSON.parse(data) }
}

/** Reads a live stream as a browser does. */
export const readLive = async (baseUrl: string, path: string, { token, headers = {} }: Opening = {}) => {
  const aborting = new AbortController()
  const response = await fetch(`${baseUrl}${urlOf(path)}`, {
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    signal: aborting.signal,
  })
  const events: LiveEvent[] = []
  let text = ''
  let lastId = ''
  let isClosed = false
  let notify = () => {}

  const take = (block: string) => {
    lastId = /^id: (.+)$/m.exec(block)?.[1] ?? lastId
    const event = parse(block)
    if (event !== undefined) events.push(event)
  }
  const read = async () => {
    const decoder = new TextDecoder()
    try {
      for await (const part of response.status === 200 ? (response.body ?? []) : []) {
        text += decoder.decode(part, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        blocks.forEach(take)
        notify()
      }
    } catch {
      // Aborted, or cut off.
    }
    isClosed = true
    notify()
  }
  const reading = read()

  /** Resolves when it holds; rejects when the stream is over before. */
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      if (isClosed) throw new Error(`closed after ${JSON.stringify(events.map(({ event, data }) => data.type ?? event))}`)
      await new Promise<void>((resolve) => {
        notify = resolve
      })
    }
  }
  return {
    response,
    events,
    lastId: () => lastId,
    until,
    entries: () => events.filter(({ event }) => event === 'entry').map(({ data }) => data),
    /** Everything that came until the server closed the stream. */
    closed: async () => {
      await reading
      return events
    },
    abort: async () => {
      aborting.abort()
      await reading
    },
  }
}

export type LiveReader = Awaited<ReturnType<typeof readLive>>

import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Taken = { readonly from: string; readonly to: readonly string[]; readonly source: string }

/** A real SMTP server, on a free port unless one is given. It keeps the messages that it accepts. */
export const smtpForTest = async (options: SMTPServerOptions = {}, at = 0) => {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom === false || mailFrom === undefined ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(at, '127.0.0.1')
  const listening = server.server as Server
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return { taken, port, close: () => new Promise<void>((closed) => server.close(() => closed())) }
}

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { english } from '../../../application/notifications/texts/english.ts'
import type { DeliveryFailure } from '../../../infrastructure/mail/delivery.ts'
import { smtp } from '../../../infrastructure/mail/smtp.ts'
import { emailAddress } from '../../support/domain/email-address.ts'
import { hostileRecipients, hostileSubjects } from './hostile-mails.ts'
import { readMail } from './read-mail.ts'
import { smtpForTest } from './smtp-for-test.ts'

const link = `https://login.example.org/reset#token=${'Az09_-'.repeat(20)}`
const mail = { to: 'ada@example.org', ...english.passwordReset({ link }) }
const undeliverable = left({ type: 'undeliverable' })
const refused = left({ type: 'undeliverable', final: true })
const cleanUp: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close()
})

const server = async (options?: Parameters<typeof smtpForTest>[0]) => {
  const started = await smtpForTest(options)
  cleanUp.push(started.close)
  return started
}

const client = (url: string, deadline?: number) => {
  const failures: DeliveryFailure[] = []
  const onFailure = (failure: DeliveryFailure) => void failures.push(failure)
  return {
    failures,
    send: smtp({ url, from: 'Gatebook <no-reply@example.org>', onFailure, ...(deadline === undefined ? {} : { deadline }) }),
  }
}

/** An SMTP server with scripted replies. */
const rawServer = async (talk: (socket: Socket) => void) => {
  const sockets = new Set<Socket>()
  const raw = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket)
  }).listen(0, '127.0.0.1')
  await once(raw, 'listening')
  cleanUp.push(async () => {
    for (const socket of sockets) socket.destroy()
    raw.close()
  })
  return (raw.address() as AddressInfo).port
}

describe('mail through an SMTP server', () => {
  test('arrives whole, at the one it is for', async () => {
    const { taken, port } = await server()
    const { send, failures } = client(`smtp://127.0.0.1:${port}`)
    expect(await send({ ...mail, text: `${mail.text}.\n..\n` })()).toEqual(right(undefined))
    expect(taken.map(({ from, to }) => ({ from, to }))).toEqual([{ from: 'no-reply@example.org', to: ['ada@example.org'] }])
    const { headers, body } = readMail(taken[0]?.source ?? '')
    expect(headers).toMatchObject({ to: 'ada@example.org', subject: mail.subject, 'auto-submitted': 'auto-generated' })
    expect(body).toBe(`${mail.text}.\n..\n`)
    expect(failures).toEqual([])
  })

  test('goes to an address in another alphabet, where the server takes it', async () => {
    const to = '𝄞𝄢@example.org'
    const { taken, port } = await server()
    const { send } = client(`smtp://127.0.0.1:${port}`)
    expect(await send({ ...mail, to })()).toEqual(right(undefined))
    expect(taken.map((each) => each.to)).toEqual([[to]])
  })

  test('goes to the local part as it was typed', async () => {
    const to = emailAddress('Ada.Lovelace@Example.ORG')
    const { taken, port } = await server()
    expect(await client(`smtp://127.0.0.1:${port}`).send({ ...mail, to })()).toEqual(right(undefined))
    expect(taken.map((each) => each.to)).toEqual([['Ada.Lovelace@example.org']])
  })

  test('goes under the name and password of the URL', async () => {
    const seen: unknown[] = []
    const { port } = await server({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password])
        done(null, { user: username ?? '' })
      },
    })
    const { send } = client(`smtp://gate%40book:p%3Ass%2Fword@127.0.0.1:${port}`)
    expect(await send(mail)()).toEqual(right(undefined))
    expect(seen).toEqual([['gate@book', 'p:ss/word']])
  })

  test.each(hostileRecipients)('to %j is not even offered', async (to) => {
    const { taken, port } = await server()
    const { send, failures } = client(`smtp://127.0.0.1:${port}`)
    expect(await send({ ...mail, to })()).toEqual(refused)
    expect(taken).toEqual([])
    expect(failures).toEqual([{ code: 'REFUSED', status: null }])
  })

  test.each(hostileSubjects)('with the subject %j is not even offered', async (subject) => {
    const { taken, port } = await server()
    expect(await client(`smtp://127.0.0.1:${port}`).send({ ...mail, subject })()).toEqual(refused)
    expect(taken).toEqual([])
  })
})

describe('what goes wrong is told by code and status, without the address and the server’s words', () => {
  const refusal = (status: number) => Object.assign(new Error('ada@example.org is unknown here'), { responseCode: status })

  test('a recipient who is refused', async () => {
    const { port } = await server({ onRcptTo: (_address, _session, done) => done(refusal(550)) })
    const { send, failures } = client(`smtp://127.0.0.1:${port}`)
    expect(await send(mail)()).toEqual(refused)
    expect(failures).toEqual([{ code: 'EENVELOPE', status: 550 }])
  })

  test('a recipient who is refused for now', async () => {
    const { port } = await server({ onRcptTo: (_address, _session, done) => done(refusal(451)) })
    expect(await client(`smtp://127.0.0.1:${port}`).send(mail)()).toEqual(undeliverable)
  })

  test('a message that is refused', async () => {
    const { port } = await server({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(refusal(554)))
      },
    })
    const { send, failures } = client(`smtp://127.0.0.1:${port}`)
    expect(await send(mail)()).toEqual(refused)
    expect(failures).toEqual([{ code: 'EMESSAGE', status: 554 }])
  })

  test('a password that is refused', async () => {
    const { port } = await server({ authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(refusal(535)) })
    const { send, failures } = client(`smtp://u:p@127.0.0.1:${port}`)
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures).toEqual([{ code: 'EAUTH', status: 535 }])
  })

  test('a server that is not there', async () => {
    const { port, close } = await smtpForTest()
    await close()
    const { send, failures } = client(`smtp://127.0.0.1:${port}`)
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures).toEqual([{ code: 'ESOCKET', status: null }])
  })

  test('a server that says nothing', async () => {
    const port = await rawServer(() => {})
    const { send, failures } = client(`smtp://127.0.0.1:${port}`, 200)
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures).toEqual([{ code: 'ETIMEDOUT', status: null }])
  })

  test('a server that never comes to an end', async () => {
    const port = await rawServer((socket) => {
      const trickle = setInterval(() => socket.write('220-wait\r\n'), 20)
      socket.on('close', () => clearInterval(trickle))
    })
    const { send, failures } = client(`smtp://127.0.0.1:${port}`, 300)
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures.map(({ status }) => status)).toEqual([null])
  })

  test('a server that stops in the middle of the dialogue, and trickles', async () => {
    const port = await rawServer((socket) => {
      socket.write('220 here\r\n')
      socket.once('data', () => {
        const trickle = setInterval(() => socket.write('250-wait\r\n'), 20)
        socket.on('close', () => clearInterval(trickle))
      })
    })
    const { send, failures } = client(`smtp://127.0.0.1:${port}`, 300)
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures).toEqual([{ code: 'EABORT', status: null }])
  })
})

describe('a server elsewhere', () => {
  /** `127.0.0.1` by a name that does not look like loopback. */
  const elsewhere = (port: number, query = '') => `smtp://[::ffff:127.0.0.1]:${port}${query}`

  test('is not given a mail without TLS', async () => {
    const { taken, port } = await server({ disabledCommands: ['STARTTLS'] })
    const { send, failures } = client(elsewhere(port))
    expect(await send(mail)()).toEqual(undeliverable)
    expect(failures).toEqual([{ code: 'ETLS', status: 500 }])
    expect(taken).toEqual([])
  })

  test('is given one if the URL says so', async () => {
    const { taken, port } = await server({ disabledCommands: ['STARTTLS'] })
    expect(await client(elsewhere(port, '?requireTLS=false')).send(mail)()).toEqual(right(undefined))
    expect(taken).toHaveLength(1)
  })
})

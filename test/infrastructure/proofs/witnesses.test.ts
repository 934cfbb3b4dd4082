import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { witnesses as entries, witnessesIn } from '../../../infrastructure/configuration/proofs/witnesses.ts'
import { checkpointText } from '../../../infrastructure/proofs/notes/checkpoint.ts'
import { cosignatureBy } from '../../../infrastructure/proofs/notes/cosignature.ts'
import { readNote, signNote, verifierKey } from '../../../infrastructure/proofs/notes/signed-note.ts'
import { askWitnesses, type WitnessOutcome } from '../../../infrastructure/proofs/witnesses/ask-witnesses.ts'
import { hasPython, startWitness } from '../../support/python-witness.ts'
import { provedLog } from './proved-log.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const key = { name: 'auth.example.com/log/0', publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url') }
const vkey = verifierKey(key)

/** The example of the specification. */
const published = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`

describe.skipIf(!hasPython && process.env.CI === undefined)('a witness that verifies by itself', () => {
  const proved = provedLog(700)
  const other = provedLog(700)
  let witness: Awaited<ReturnType<typeof startWitness>>
  beforeAll(async () => {
    witness = await startWitness('witness.example.com/w1', vkey)
    other.log.exec("UPDATE event SET actor = 'nobody' WHERE position = 5")
    other.proofs.exec('DELETE FROM tile; DELETE FROM place')
    other.reopen()
    other.grow()
  })
  afterAll(() => {
    witness.stop()
    proved.remove()
    other.remove()
  })

  const headOf = ({ tiles }: typeof proved, size: number) => {
    const note = signNote(checkpointText({ origin: key.name, size, root: tiles.hashOf(0, size) }), key, privateKey)
    return { size, note, vkey }
  }
  const asking = (log = proved, entry = witness.entry) => {
    const saved: { readonly size: number; readonly note: string }[] = []
    const outcomes: WitnessOutcome[] = []
    const needs = {
      tiles: async () => right({ tiles: log.tiles, size: log.tiles.size() }),
      saveCosigned: async (head: { readonly size: number; readonly note: string }) => right(void saved.push(head)),
    }
    return { ask: askWitnesses(witnessesIn([entry]), needs, (outcome) => outcomes.push(outcome)), saved, outcomes }
  }
  const isCosigned = (note: string) => {
    const [read, [configured]] = [readNote(note), witnessesIn([witness.entry])]
    return read !== undefined && configured !== undefined && cosignatureBy(read, configured.key) !== undefined
  }

  test('cosigns the first checkpoint and those that the log leads to, of every distance', async () => {
    const { ask, saved, outcomes } = asking()
    const sizes = [1, 2, 3, 4, 7, 8, 100, 255, 256, 257, 400, 512, 513]
    for (const size of sizes) {
      const { head, failure } = await ask(headOf(proved, size))
      expect([size, failure, isCosigned(head.note)]).toEqual([size, null, true])
    }
    expect(saved.map(({ size }) => size)).toEqual(sizes)
    expect(new Set(outcomes)).toEqual(new Set(['cosigned']))
  })

  test('is asked again from the size that it names, after a restart of the log too', async () => {
    const { ask } = asking()
    expect((await ask(headOf(proved, 513))).failure).toBeNull()
    expect((await asking().ask(headOf(proved, 514))).failure).toBeNull()
    expect((await ask(headOf(proved, 515))).failure).toBeNull()
  })

  test('is not asked for what it has signed', async () => {
    const { ask, saved } = asking()
    const { head } = await ask(headOf(proved, 520))
    expect(await ask(head)).toEqual({ head, failure: null })
    expect(saved).toHaveLength(1)
  })

  test('cosigns no log that was cut off, and none that was changed', async () => {
    const cut = await asking().ask(headOf(proved, 400))
    expect(cut.failure).toBe('witness.example.com/w1: it has cosigned 520 events, and the log has 400: see docs/proofs.md')
    const forked = await asking(other).ask(headOf(other, 530))
    expect(forked.failure).toBe('witness.example.com/w1: the witness answered 422')
    const sameSize = await asking(other).ask(headOf(other, 520))
    expect(sameSize.failure).toContain('it has cosigned another root of 520 events')
    for (const { head } of [cut, forked, sameSize]) expect(isCosigned(head.note)).toBe(false)
  })

  test('keeps nobody from a checkpoint when it fails', async () => {
    const elsewhere = createServer((_, response) => response.writeHead(200).end('\u2014 somebody AAAAAAAA\n')).listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const own = witness.entry.split(' ')[1]
    for (const [url, reason] of [
      ['http://127.0.0.1:1/w', 'the witness cannot be reached'],
      [`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`, 'the witness answered without a valid cosignature'],
      [witness.entry.split(' ')[0]?.replace('/w', '/x'), 'the witness answered 404'],
    ]) {
      const { ask, saved, outcomes } = asking(proved, `${url} ${own}`)
      const head = headOf(proved, 525)
      expect(await ask(head)).toEqual({ head, failure: `witness.example.com/w1: ${reason}` })
      expect([saved, outcomes]).toEqual([[], ['failed']])
    }
    elsewhere.close()
  })
})

describe('a cosignature', () => {
  test('of the specification is read, and only its own key verifies it', () => {
    const note = readNote(published)
    expect(note?.signatures).toHaveLength(1)
    expect(note && cosignatureBy(note, { name: 'witness.example.com/w1', publicKey: key.publicKey })).toBeUndefined()
  })
})

test.each([
  'https://witness.example.com',
  'https://witness.example.com not-a-key',
  `https://witness.example.com ${vkey}`,
  `http://witness.example.com w+01234567+${Buffer.alloc(33, 4).toString('base64')}`,
])('%s is no witness', (text) => expect(isLeft(entries.decode(text))).toBe(true))

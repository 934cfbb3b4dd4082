import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blobFiles } from '../../../infrastructure/blobs/blob-files.ts'
import { fingerprint } from '../../support/domain/identity-examples.ts'
import { sealed } from '../../support/domain/ids.ts'
import { succeed } from '../../support/test-app/outcomes.ts'

const hour = 3_600_000

describe('the files of blobs', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatebook-blob-files-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const shard = () => join(folder, 'blobs', '00')
  const age = (name: string) => utimesSync(join(shard(), name), new Date(Date.now() - 2 * hour), new Date(Date.now() - 2 * hour))

  test('are found by identity and address, and removed by either', async () => {
    const { blobs, writtenBefore } = blobFiles(join(folder, 'blobs'))
    const one = await succeed(blobs.write(fingerprint(1), sealed('one')))
    const other = await succeed(blobs.write(fingerprint(1), sealed('other')))
    const third = await succeed(blobs.write(fingerprint(2), sealed('third')))
    expect(await blobs.read(one)()).toEqual(right(sealed('one')))
    expect(new Set(await writtenBefore(0))).toEqual(new Set([one, other, third]))
    await succeed(blobs.remove(one))
    await succeed(blobs.remove(one))
    expect(await blobs.read(one)()).toEqual(right(null))
    expect(await blobs.read(other)()).toEqual(right(sealed('other')))
    await succeed(blobs.removeAll(fingerprint(1)))
    expect(await writtenBefore(0)).toEqual([third])
  })

  test('that are younger than asked for are left alone, drafts included, and so is what is not theirs', async () => {
    const { blobs, writtenBefore } = blobFiles(join(folder, 'blobs'))
    const old = await succeed(blobs.write(fingerprint(1), sealed('old')))
    await succeed(blobs.write(fingerprint(1), sealed('young')))
    const name = `${old.fingerprint}-${old.address}`
    const draft = `.${fingerprint(3)}-${old.address}.part`
    const youngDraft = `.${fingerprint(4)}-${old.address}.part`
    for (const other of [draft, youngDraft, 'of the operator']) writeFileSync(join(shard(), other), '')
    for (const aged of [name, draft, 'of the operator']) age(aged)
    expect(await writtenBefore(hour)).toEqual([old])
    const names = readdirSync(shard())
    expect(names).toHaveLength(4)
    expect(names).not.toContain(draft)
    expect(names).toEqual(expect.arrayContaining([youngDraft, 'of the operator']))
  })

  test('are none before the first one, and a folder that cannot be written is a failure that names no path', async () => {
    expect(await blobFiles(join(folder, 'blobs')).writtenBefore(0)).toEqual([])
    writeFileSync(join(folder, 'file'), '')
    const refused = await blobFiles(join(folder, 'file')).blobs.write(fingerprint(1), sealed('one'))()
    expect(refused).toEqual(left({ type: 'unavailable', detail: expect.stringMatching(/^the files of blobs: E[A-Z]+$/) }))
  })
})

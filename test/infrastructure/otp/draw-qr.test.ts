import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawQr } from '../../../infrastructure/otp/draw-qr.ts'
import { totpProvider } from '../../../infrastructure/otp/totp-provider.ts'
import { isInstalled } from '../../support/installed.ts'

const start = 'data:image/svg+xml;base64,'

/** Decodes the picture as a phone's camera would. */
const scan = (dataUrl: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-qr-'))
  try {
    const picture = join(folder, 'qr.png')
    const svg = Buffer.from(dataUrl.slice(start.length), 'base64')
    writeFileSync(picture, execFileSync('rsvg-convert', ['--width=480', '--background-color=white'], { input: svg }))
    return execFileSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trimEnd()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test
  .skipIf(!isInstalled('zbarimg', 'rsvg-convert'))
  .each(['ada@example.org', `${'a'.repeat(242)}@example.org`, "o'hara+ü&x=1@example.org"])(
  'the picture for %s is read as the URI by an independent reader (zbarimg)',
  async (label) => {
    const provider = totpProvider({ issuer: 'Gatebook & Söhne', window: 1 })
    const uri = provider.uri(provider.newSecret(), label) ?? ''
    const picture = await drawQr(uri)()
    expect(picture.startsWith(start)).toBe(true)
    expect(scan(picture)).toBe(uri)
  },
)

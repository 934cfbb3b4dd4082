import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "inside"</script><rect width="9" height="9"/></svg>'
export const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)])
export const webp = Buffer.concat([Buffer.from('RIFF'), Buffer.from([64, 0, 0, 0]), Buffer.from('WEBPVP8 '), Buffer.alloc(64)])

/** Files in a directory that `remove` removes. */
export const logoFiles = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-logo-'))
  const write = (name: string, content: string | Buffer) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    return file
  }
  return { folder, write, remove: () => rmSync(folder, { recursive: true }) }
}

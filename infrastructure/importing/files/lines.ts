export type Line = { readonly number: number } & ({ readonly text: string } | { readonly refused: string })

/** Bytes. */
const longest = 65_536

const newline = 0x0a
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const lineOf = (number: number, octets: Buffer): Line => {
  const own = number === 1 && octets.subarray(0, 3).equals(byteOrderMark) ? octets.subarray(3) : octets
  try {
    return { number, text: decoder.decode(own).replace(/\r$/, '') }
  } catch {
    return { number, refused: 'line: expected UTF-8' }
  }
}

/** Each line by itself, however broken another one is. Keeps no more of a line than it may be long. Empty lines are counted and left out. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let length = 0
  let number = 0

  const add = (part: Buffer) => {
    length += part.length
    if (length <= longest) parts.push(part)
    else parts = []
  }
  const end = (): Line | null => {
    number += 1
    const line: Line =
      length > longest ? { number, refused: `line: expected at most ${longest} bytes` } : lineOf(number, Buffer.concat(parts))
    parts = []
    length = 0
    return 'text' in line && line.text.trim() === '' ? null : line
  }

  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, at))
      from = at + 1
      const line = end()
      if (line !== null) yield line
    }
    add(chunk.subarray(from))
  }
  if (length > 0) {
    const line = end()
    if (line !== null) yield line
  }
}

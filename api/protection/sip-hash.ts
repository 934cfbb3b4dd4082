import { randomInt } from 'node:crypto'

/** 128 bits as four 32-bit words, least significant first. */
export type SipKey = readonly [number, number, number, number]

export function randomSipKey(): SipKey {
  const word = () => randomInt(2 ** 32)
  return [word(), word(), word(), word()]
}

const leftRotated = (high: number, low: number, by: number) => (high << by) | (low >>> (32 - by))

/** SipHash-2-4 of Latin-1 text, as its lower and its upper 32 bits. A call of node:crypto takes ten times as long for a text this short. */
export function sipHash([k0, k1, k2, k3]: SipKey, text: string): readonly [number, number] {
  let [v0l, v0h, v1l, v1h] = [0x70736575 ^ k0, 0x736f6d65 ^ k1, 0x6e646f6d ^ k2, 0x646f7261 ^ k3]
  let [v2l, v2h, v3l, v3h] = [0x6e657261 ^ k0, 0x6c796765 ^ k1, 0x79746573 ^ k2, 0x74656462 ^ k3]

  /** Half of a round, up to where the words change places. */
  const mix = (by: number, crossBy: number) => {
    let low = (v0l >>> 0) + (v1l >>> 0)
    v0h = (v0h + v1h + (low > 0xffffffff ? 1 : 0)) | 0
    v0l = low | 0
    const v1 = leftRotated(v1l, v1h, by) ^ v0l
    v1h = leftRotated(v1h, v1l, by) ^ v0h
    v1l = v1
    const turned = v0l
    v0l = v0h
    v0h = turned
    low = (v2l >>> 0) + (v3l >>> 0)
    v2h = (v2h + v3h + (low > 0xffffffff ? 1 : 0)) | 0
    v2l = low | 0
    const v3 = leftRotated(v3l, v3h, crossBy) ^ v2l
    v3h = leftRotated(v3h, v3l, crossBy) ^ v2h
    v3l = v3
  }
  const changePlaces = () => {
    const [low, high] = [v0l, v0h]
    v0l = v2l
    v0h = v2h
    v2l = low
    v2h = high
  }
  const rounds = (count: number) => {
    for (let half = 0; half < 2 * count; half += 1) {
      if (half % 2 === 0) mix(13, 16)
      else mix(17, 21)
      changePlaces()
    }
  }
  const octet = (at: number) => (at < text.length ? text.charCodeAt(at) & 0xff : 0)
  const word = (at: number) => octet(at) | (octet(at + 1) << 8) | (octet(at + 2) << 16) | (octet(at + 3) << 24)
  const block = (low: number, high: number) => {
    v3l ^= low
    v3h ^= high
    rounds(2)
    v0l ^= low
    v0h ^= high
  }

  const rest = text.length - (text.length % 8)
  for (let at = 0; at < rest; at += 8) block(word(at), word(at + 4))
  block(word(rest), (word(rest + 4) & 0xffffff) | (text.length << 24))
  v2l ^= 0xff
  rounds(4)
  return [(v0l ^ v1l ^ v2l ^ v3l) >>> 0, (v0h ^ v1h ^ v2h ^ v3h) >>> 0]
}

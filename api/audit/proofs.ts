import * as t from 'io-ts'
import { described, text, wholeNumberText } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import type { Context } from '../context.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { proofsGuards } from './proofs-guards.ts'
import { tileAt } from './tile-path.ts'

const plain = { mediaType: 'text/plain; charset=utf-8' }
const octets = { mediaType: 'application/octet-stream' }
const size = wholeNumberText(0, Number.MAX_SAFE_INTEGER)
const hash = described(t.string, 'a hash', { type: 'string', description: 'SHA-256 in base64' })
const Consistency = strictObject({ from: t.number, to: t.number, proof: t.array(hash) })

const notFound = { problem: 'NOT_FOUND' } as const
const problems = ['NOT_FOUND', 'STORE_UNAVAILABLE'] as const

/** Not recorded as a read: it names no person, and a tool may ask often. A checkpoint shows how much has happened, so not everybody may. */
const guarded = (context: Context) => ({ tag: 'Audit', guards: proofsGuards(context) }) as const

function checkpointRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/checkpoint',
    ...guarded(context),
    summary: 'Sign the size and the root of the log (C2SP tlog-checkpoint)',
    responses: { 200: plain },
    problems: ['STORE_UNAVAILABLE'],
  })(() => context.answer(context.proofs.checkpoint(), ({ note }) => ({ status: 200, body: note }) as const))
}

function inclusionRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/proof/:position',
    ...guarded(context),
    summary: 'Prove that an audit event is in the log (C2SP tlog-proof)',
    params: strictObject({ position: size }),
    responses: { 200: plain },
    problems,
  })(({ params: { position } }) =>
    context.answer(context.proofs.inclusion(position), (proof) => (proof === null ? notFound : ({ status: 200, body: proof } as const))),
  )
}

function consistencyRoute(context: Context) {
  return defineRoute({
    method: 'GET',
    url: '/audit/consistency',
    ...guarded(context),
    summary: 'Prove that the log of one size begins with the log of a smaller one (RFC 6962)',
    query: strictObject({ from: size, to: size }),
    responses: { 200: Consistency },
    problems,
  })(({ query: { from, to } }) =>
    context.answer(context.proofs.consistency(from, to), (proof) =>
      proof === null ? notFound : ({ status: 200, body: { from, to, proof: [...proof] } } as const),
    ),
  )
}

/** The number of a tile has three digits for each element of the path. */
const elements = ['a', 'b', 'c'] as const

const tileRoute = (context: Context, parts: number) => {
  const names = elements.slice(0, parts)
  return defineRoute({
    method: 'GET',
    url: `/audit/tile/:level/${names.map((name) => `:${name}`).join('/')}`,
    ...guarded(context),
    summary: 'Get hashes of the tree (C2SP tlog-tiles)',
    description: 'A partial tile has `.p` behind the last number, and its width as one element more.',
    params: strictObject(Object.fromEntries(['level', ...names].map((name) => [name, text(1, 8)]))),
    responses: { 200: octets },
    problems,
  })(({ params }) => {
    const { level = '', ...rest } = params as Readonly<Record<string, string>>
    const address = tileAt(level, Object.values(rest))
    if (address === undefined) return notFound
    return context.answer(context.proofs.tile(address), (hashes) => (hashes === null ? notFound : ({ status: 200, body: hashes } as const)))
  })
}

export function proofRoutes(context: Context): readonly Route[] {
  return [
    checkpointRoute(context),
    inclusionRoute(context),
    consistencyRoute(context),
    ...[1, 2, 3].map((parts) => tileRoute(context, parts)),
  ]
}

import type { Fields, Shape } from '../../api/codecs/codec-shape.ts'

/** One value for each codec name. Never change one: golden files are made from them. */
const values: Readonly<Record<string, unknown>> = {
  string: 'text',
  number: 3,
  'a finite number': 3,
  'at most 256 characters': 'text',
  boolean: true,
  null: null,
  AccountId: '01970000-0000-7000-8000-00000000000a',
  SystemActor: 'system:seed',
  SessionId: '01970000-0000-7000-8000-00000000000b',
  AttemptId: '01970000-0000-7000-8000-00000000000c',
  DeviceId: '01970000-0000-7000-8000-00000000000d',
  AccessTokenId: '01970000-0000-7000-8000-00000000000e',
  BlindIndex: 'aW5kZXgtaW5kZXgtaW5kZXgtaW5kZXgtaW5kZXgtaW4',
  TokenHash: 'aGFzaC1oYXNoLWhhc2gtaGFzaC1oYXNoLWhhc2gtaGE',
  Sealed: '01970000-0000-7000-8000-00000000000a.bm9uY2Utbm9uY2UtY2lwaGVydGV4dC10YWctdGFnLXRhZw',
  Sha256: '0f'.repeat(32),
  Fingerprint: '1e'.repeat(32),
  PublicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  Signature: '5VZDAMNgrHKQhuLMgG6CioSHfx6455DLUTV5qfdaURj-NgQdQG6dLzL0JCpc2PUyWtZ9bcYPYDWxtWUiUhSTCw',
  Instant: '2026-06-01T12:00:00.000Z',
}

/** Values that cover every branch of a shape: each word, null and not null, an empty list and a full one. */
export function examplesOf(shape: Shape): readonly unknown[] {
  switch (shape.type) {
    case 'literal':
      return [shape.value]
    case 'words':
      return shape.words
    case 'one_of':
      return shape.shapes.flatMap(examplesOf)
    case 'list': {
      const items = examplesOf(shape.of)
      return [items, []]
    }
    case 'fields':
      return fieldExamples(shape.required)
    case 'all_of':
    case 'dictionary':
      throw new Error(`No example for ${shape.type} (${shape.name}): add it to scripts/golden/example-values.ts.`)
    case 'annotated':
    case 'opaque':
    case 'primitive':
    case 'refinement':
      if (!(shape.name in values)) throw new Error(`No example for ${shape.name}: add one to scripts/golden/example-values.ts.`)
      return [values[shape.name]]
  }
}

const fieldExamples = (fields: Fields) => {
  const choices = Object.entries(fields).map(([name, field]) => [name, examplesOf(field)] as const)
  const first = Object.fromEntries(choices.map(([name, examples]) => [name, examples[0]]))
  return [first, ...choices.flatMap(([name, [, ...others]]) => others.map((other) => ({ ...first, [name]: other })))]
}

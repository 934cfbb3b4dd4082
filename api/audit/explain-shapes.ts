import * as t from 'io-ts'
import {
  budgetNames,
  counterNames,
  explanationRules,
  unexplainedReasons,
  windowNames,
} from '../../domain/kernel/explain/explanation-names.ts'
import { time } from '../codecs/primitives.ts'
import { strictObject } from '../codecs/strict-object.ts'
import { Entry } from './audit-shapes.ts'

const oneOf = <Name extends string>(names: readonly Name[]) =>
  t.keyof(Object.fromEntries(names.map((name) => [name, null])) as { [N in Name]: null })

const orNull = <C extends t.Any>(codec: C) => t.union([codec, t.null])

const Counter = strictObject({
  name: oneOf(counterNames),
  value: t.number,
  limit: orNull(t.number),
  unit: t.keyof({ times: null, milliseconds: null }),
})

const Window = strictObject({ name: oneOf(windowNames), from: time, until: orNull(time) })

const lockout = { maxAttempts: t.number, lockout: t.number, lockoutMax: t.number }

/** Durations in milliseconds. */
const PolicyValues = {
  login: strictObject({ ...lockout, challengeLifetime: orNull(t.number) }),
  codes: strictObject(lockout),
  session: strictObject({
    idle: t.number,
    absolute: t.number,
    elevation: t.number,
    refresh: t.number,
    refreshGrace: t.number,
    maxFailures: t.number,
  }),
  identity: strictObject({ rotation: t.number }),
}

/** `why` in a sentence, for the rule or for why there is none. `policy.recorded`: null where today's had to be taken. */
export const ExplanationAnswer = strictObject({
  ...Entry.required,
  why: t.string,
  agrees: t.boolean,
  because: orNull(oneOf(unexplainedReasons)),
  command: orNull(t.string),
  rule: orNull(oneOf(explanationRules)),
  budget: orNull(oneOf(budgetNames)),
  counters: t.array(Counter),
  windows: t.array(Window),
  together: t.array(strictObject({ position: t.number, type: t.string, summary: t.string })),
  policy: strictObject({ recorded: orNull(strictObject({ position: t.number, since: time })), ...PolicyValues }),
  read: strictObject({ stream: t.string, from: t.number, through: t.number, summary: orNull(t.number) }),
})

import type { AnswerOf } from '../../client/result.ts'

type Explained = AnswerOf<'GET /audit/explain/{position}'>
type Moment = AnswerOf<'GET /audit/accounts/{id}/at'>['moment']
type Named<Name extends string> = Readonly<Record<Name, string>>

/** A rule, counter or time that the API learns to name does not compile until it has a text here. */
export type ExplanationTexts = Named<
  'ask' | 'title' | 'budget' | 'together' | 'policy' | 'since' | 'notRecorded' | 'read' | 'until' | 'endless' | 'agrees'
> & {
  readonly policyNumbers: (attempts: number, lock: number, most: number) => string
  readonly readRange: (from: number, through: number) => string
  readonly ofLimit: (value: string, limit: string) => string
  readonly seconds: (count: number) => string
  readonly rules: Named<NonNullable<Explained['rule']>>
  readonly because: Named<NonNullable<Explained['because']>>
  readonly budgets: Named<NonNullable<Explained['budget']>>
  readonly counters: Named<Explained['counters'][number]['name']>
  readonly windows: Named<Explained['windows'][number]['name']>
  readonly moment: MomentTexts
}

export type MomentTexts = Named<
  | ('title' | 'lead' | 'slider' | 'time' | 'compare' | 'compareHint' | 'show' | 'position' | 'status' | 'roles' | 'claims' | 'failures')
  | ('locked' | 'codesLocked' | 'factor' | 'none' | 'sessions' | 'devices' | 'changes' | 'noChange' | 'incomplete')
> & {
  readonly statuses: Named<Moment['status']>
  readonly enrolled: (left: number) => string
  readonly change: Named<'added' | 'removed' | 'changed'>
  readonly columns: Named<'change' | 'field' | 'before' | 'after'>
}

import { explainEvent } from '../../application/explain/explain-event.ts'
import { explainedFields } from '../../application/explain/explained-fields.ts'
import { policiesOf, policyVariables } from '../../infrastructure/configuration/policies.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { localStreams } from '../../infrastructure/event-store/sqlite/reader/local-streams.ts'
import { describeEvent } from '../../projections/audit/describe-event.ts'
import { describeRule } from '../../projections/audit/words/describe-explanation.ts'
import { partOfConfiguration } from '../configuration.ts'
import { fail } from '../fail.ts'
import { onLog } from '../log-commands.ts'
import { explanationText } from './explanation-text.ts'

const printableText = (text: string) => text.replace(/[^\P{C}\n]/gu, '\ufffd')

/** Reads the log, or this node's copy of it. It takes no lock, so a server may be running. */
export function explainPosition(position: number, { json = false }: { readonly json?: boolean }) {
  const today = policiesOf(partOfConfiguration(...policyVariables))
  return onLog(openReadConnection, (db) => {
    const explained = db.transaction(explainEvent(localStreams(db), today))(position)
    if (explained === null) return fail(`the log has no event at position ${position}, or it is one of a key stream`)
    const { recorded, event, together, explanation } = explained
    const appended = together.map((one) => ({ position: one.position, type: one.event.type, summary: describeEvent(one.event) }))
    const named = { position, at: recorded.recordedAt, type: recorded.type, actor: recorded.metadata.actor, summary: describeEvent(event) }
    const all = { ...named, why: describeRule(explanation), together: appended, ...explainedFields(explained) }
    console.log(json ? JSON.stringify(all) : printableText(explanationText(explained)))
  })
}

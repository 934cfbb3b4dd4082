import { readFileSync } from 'node:fs'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import { decode } from '../../api/codecs/decode.ts'
import { parseStrictJson } from '../../api/codecs/strict-json.ts'
import { Export } from '../../api/me/export-shape.ts'
import { startFailureText } from '../../composition/start-failure.ts'
import type { HistoryFinding } from '../../domain/proofs/compare-history.ts'
import { codeOf } from '../../infrastructure/event-store/sqlite/sqlite-error.ts'
import { stopWith } from '../fail.ts'
import { openLogKeys } from '../keys/log-keys.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'
import { type ExportVerification, verifyExport } from './compare-export.ts'
import type { Verified } from './open-verified.ts'

export type VerifiedExport = ExportVerification & { readonly file: string; readonly account: string }

const bytesOf = (file: string) => {
  try {
    return readFileSync(file)
  } catch (error) {
    return stopWith(exits.failed, `${file} cannot be read: ${codeOf(error)}`)
  }
}

const exportIn = (file: string) => {
  const parsed = parseStrictJson(bytesOf(file))
  const decoded = isLeft(parsed) ? left([]) : decode(Export, parsed.right)
  if (!isLeft(decoded)) return decoded.right
  const where = decoded.left.slice(0, 3).map(({ path, expected }) => `${path}: expected ${expected}`)
  return stopWith(exits.refused, [`${file} is no complete export of format 2`, ...where].join('\n'))
}

/** Throws what a log that cannot be read leads to. */
export async function verifyExportFile(file: string, { log, isCopy }: Verified): Promise<VerifiedExport> {
  const exported = exportIn(file)
  const keys = await openLogKeys(log, isCopy ? 'copy' : 'log')
  if (isLeft(keys)) return stopWith(exits.failed, `The export cannot be compared. ${startFailureText(keys.left)}`)
  const display = progressOn(process.stderr, 'verify the export')
  try {
    const verified = await verifyExport(exported, { log, isCopy, keys: keys.right, onProgress: display.update })
    return { ...verified, file, account: exported.account.id }
  } finally {
    display.stop()
    await keys.right.close()
  }
}

const shownFindings = 20

const findingText = (finding: HistoryFinding): string => {
  switch (finding.type) {
    case 'invented':
      return `Entry ${finding.entry}: the log has no such event of this person.`
    case 'repeated':
      return `Entry ${finding.entry} repeats an earlier one.`
    case 'reordered':
      return `Entry ${finding.entry} (position ${finding.position}) stands behind a later one.`
    case 'changed':
      return `Entry ${finding.entry} (position ${finding.position}) was changed: ${finding.fields.join(', ')}.`
    case 'missing':
      return `The event at position ${finding.position} is missing ${finding.after === 0 ? 'at the beginning' : `behind entry ${finding.after}`}.`
  }
}

export function verifiedExportText({ file, account, entries, unreadable, findings }: VerifiedExport): string {
  const rest = findings.length - shownFindings
  return [
    `${file}: ${entries} entries of the history of ${account}; ${unreadable} values can no longer be decrypted and were not compared.`,
    ...(findings.length === 0 ? ['The history is what the log has of this person, whole and in order.'] : []),
    ...findings.slice(0, shownFindings).map(findingText),
    ...(rest > 0 ? [`… and ${rest} more.`] : []),
  ].join('\n')
}

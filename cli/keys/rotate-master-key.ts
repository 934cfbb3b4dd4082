import { isLeft } from 'fp-ts/lib/Either.js'
import type { EventStore } from '../../application/ports/event-store.ts'
import { startFailureText } from '../../composition/start-failure.ts'
import { monotoneClock } from '../../infrastructure/clock/monotone-clock.ts'
import { openExistingLog } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { newId } from '../../infrastructure/ids/new-id.ts'
import { loadMasterKey } from '../../infrastructure/sealing/keys/master-key.ts'
import { rotateMasterKey } from '../../infrastructure/sealing/rotation/rotate-master-key.ts'
import { sealingFailureText } from '../../infrastructure/sealing/sealing-failure-text.ts'
import { partOfConfiguration } from '../configuration.ts'
import { fail } from '../fail.ts'
import { progressOn } from '../progress.ts'

const keyFrom = (sources: Omit<Parameters<typeof loadMasterKey>[0], 'logIsNew'>, keyFile?: string) => {
  const key = loadMasterKey({ ...sources, logIsNew: false })
  return isLeft(key) ? fail(sealingFailureText(key.left, keyFile)) : key.right
}

/** Nodes cannot be found from here: what one of them creates meanwhile would be under the old key. */
const openLog = async (): Promise<EventStore> => {
  const {
    DATA_DIR,
    EVENT_STORE,
    EVENTSTOREDB_URL: url = '',
    NODE_ENV,
  } = partOfConfiguration('DATA_DIR', 'EVENT_STORE', 'EVENTSTOREDB_URL', 'NODE_ENV')
  if (EVENT_STORE !== 'eventstoredb') {
    const opened = await openExistingLog(DATA_DIR)()
    return isLeft(opened) ? fail(startFailureText(opened.left)) : opened.right
  }
  const { openEventStoreDb } = await import('../../infrastructure/event-store/eventstoredb/open-event-store-db.ts')
  const opened = await openEventStoreDb({ url, development: NODE_ENV === 'development' })()
  return isLeft(opened) ? fail(startFailureText(opened.left)) : opened.right
}

/** The new key comes from a file, because anyone on the machine can read arguments. */
export async function rotate({ newKeyFile }: { readonly newKeyFile: string }) {
  const { DATA_DIR: dataDir, MASTER_KEY, MASTER_KEY_FILE } = partOfConfiguration('DATA_DIR', 'MASTER_KEY', 'MASTER_KEY_FILE')
  const from = keyFrom({ MASTER_KEY, MASTER_KEY_FILE, dataDir })
  const to = keyFrom({ MASTER_KEY_FILE: newKeyFile, dataDir }, 'the file that --new-key-file names')
  const store = await openLog()
  const display = progressOn(process.stderr, 'rotate')
  const rotated = await rotateMasterKey({
    store,
    newId,
    now: monotoneClock({ seen: 0 }),
    from,
    to,
    progress: ({ position, head }) => display.update(position, head),
  })()
  display.stop()
  await store.close()
  if (isLeft(rotated)) return fail(startFailureText(rotated.left))
  console.log(
    `Every data key is encrypted with the new master key (${rotated.right} changed). Start the server with it and destroy the old key.`,
  )
}

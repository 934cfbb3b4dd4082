import { grantErasureContract } from '../../../contract/event-store/grant-erasure.ts'
import { payloadErasureContract } from '../../../contract/event-store/payload-erasure.ts'
import { eventStoreContract } from '../../../contract/event-store.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

const open = async () => {
  const { open, dispose } = sqliteForTest()
  const store = await open()
  const reopen = async () => {
    await store.close()
    return open({ create: false })
  }
  return { store, reopen, dispose }
}

eventStoreContract('the SQLite store', open)
payloadErasureContract('the SQLite store', open)
grantErasureContract('the SQLite store', open)

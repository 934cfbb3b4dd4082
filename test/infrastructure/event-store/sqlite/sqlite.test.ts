import { eventStoreContract } from '../../../contract/event-store.ts'
import { sqliteForTest } from './sqlite-for-test.ts'

eventStoreContract('the SQLite store', async () => {
  const { open, dispose } = sqliteForTest()
  const store = await open()
  const reopen = async () => {
    await store.close()
    return open({ create: false })
  }
  return { store, reopen, dispose }
})

import { expect, it } from 'vitest'
import { interCodeSchema } from './intercode-settings.ts'

it('takes no password into a configuration, which is written down', () => {
  expect(interCodeSchema.parse({ mysqlUrl: 'mysql://anna@db:3306' }).mysqlUrl).toBe('mysql://anna@db:3306')
  const refused = interCodeSchema.safeParse({ mysqlUrl: 'mysql://anna:secret@db:3306' })
  expect(refused.error?.issues[0]?.message).toMatch(/LEAP_MYSQL_PASSWORD/)
  expect(interCodeSchema.safeParse({ mysqlUrl: 'db' }).success).toBe(false)
})

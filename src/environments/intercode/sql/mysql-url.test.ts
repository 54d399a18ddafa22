import { describe, expect, it } from 'vitest'
import { openMysqlUrl, parseMysqlUrl } from './mysql-url.ts'

describe('parseMysqlUrl', () => {
  it('reads address and account', () => {
    expect(parseMysqlUrl('mysql://an%40na:s%3Acret@db.example:3307')).toEqual({
      host: 'db.example',
      port: 3307,
      user: 'an@na',
      password: 's:cret',
    })
    expect(parseMysqlUrl('mysql://[::1]')).toEqual({ host: '::1', port: 3306, user: 'root', password: '' })
  })

  it.each(['', 'db.example:3306', 'http://a:hunter2@b', 'mysql://'])('refuses %j without repeating it', (text) => {
    expect(() => parseMysqlUrl(text)).toThrow(
      expect.objectContaining({ code: 'SQL_URL_INVALID', message: expect.not.stringContaining('hunter2') }),
    )
  })
})

it('names a server that does not answer, and no password', async () => {
  const opening = openMysqlUrl('mysql://anna:s3cret@127.0.0.1:1')
  await expect(opening).rejects.toMatchObject({ code: 'SQL_SERVER_UNREACHABLE' })
  await expect(opening).rejects.toThrow(/127\.0\.0\.1:1/)
  await expect(opening).rejects.not.toThrow(/s3cret/)
})

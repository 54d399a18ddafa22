import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { ownSqlBook } from '../generator/sql/own-sql-book.ts'
import { checkSqlGold } from '../verify/check-gold.ts'
import { readRecordedLog } from '../verify/recorded-log.ts'
import { verifySql } from '../verify/verify-sql.ts'
import { createIntercodeSql } from './create-intercode-sql.ts'
import { officialSqlBook } from './sql-book.ts'
import { SqlHost } from './sql-host.ts'
import { SqlSession } from './sql-session.ts'
import { hasMariadb, startMariadb } from './start-mariadb.ts'

const isHere = await hasMariadb()
const data = fileURLToPath(new URL('../../../../../shared/data/intercode', import.meta.url))
const log = `${data}/results/sql/gpt-3.5/ic_sql_multiturn_gpt-3.5_10_turns.json`
const isOfficial = isHere && existsSync(log)
if (!isHere) console.warn('InterCode SQL is not tested: no MariaDB here (apt-get install mariadb-server)')
else if (!isOfficial) console.warn('InterCode SQL is not compared with recorded runs: no data beside the checkout')

const book = ownSqlBook({ seed: 1, counts: { train: 60, valid_seen: 5, valid_unseen: 20 } })
/** The official databases too, where they are: one server for all tests. */
const official = isOfficial ? await officialSqlBook(data) : undefined
const databases = new Map([...book.databases, ...(official?.databases ?? [])])
const host = new SqlHost({ databases, server: () => startMariadb() })
afterAll(() => host.close())

const session = async (limits = {}) => {
  const opened = new SqlSession(host, 'library', limits)
  await opened.reset()
  return opened
}

describe.skipIf(!isHere)('an SQL session', () => {
  it('shows rows as Python writes them, by the type of their columns', async () => {
    const opened = await session()
    const { text } = await opened.step(
      "SELECT 1, 2.50, 0.5e0, NULL, 'it''s', DATE('2020-01-02'), TIMESTAMP('2020-01-02 03:04:05'), SEC_TO_TIME(-1), AVG(1), x'00ff', YEAR('2020-01-01')",
    )
    expect(text).toBe(
      `[(1, Decimal('2.50'), 0.5, None, "it's", datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.timedelta(days=-1, seconds=86399), Decimal('1.0000'), b'\\x00\\xff', 2020)]`,
    )
    expect(await opened.step('DESCRIBE author')).toMatchObject({
      text: expect.stringContaining("('author_id', 'int', 'NO', 'PRI', None, '')"),
    })
    expect(await opened.step('SELECT nothing FROM author')).toEqual({
      text: "Error executing query: Unknown column 'nothing' in 'field list'",
      executed: false,
      flags: [],
    })
    expect(await opened.step('SELECT * FROM author WHERE 0')).toMatchObject({ text: '[]', rows: [] })
    await opened.close()
  })

  it('keeps what one episode writes from every other, and forgets it at its end', async () => {
    const [writer, reader] = [await session(), await session()]
    const count = 'SELECT COUNT(*) FROM book'
    const before = await reader.step(count)
    await writer.step('SET @kept = 7')
    expect(await writer.step('DELETE FROM book')).toMatchObject({ text: 'None', executed: true })
    expect(await writer.step(count)).toMatchObject({ text: '[(0,)]' })
    expect(await writer.step('SELECT @kept')).toMatchObject({ text: '[(7,)]' })
    expect(await writer.step('CREATE TABLE extra (a int)')).toMatchObject({ text: 'None' })
    expect(await reader.step(count)).toEqual(before)
    expect((await reader.step('SELECT * FROM extra')).text).toMatch(/doesn't exist/)
    // Another writer of the same database waits for its turn, and finds it as it was.
    const other = await session()
    const waiting = other.step('UPDATE book SET pages = 1')
    await writer.close()
    expect(await waiting).toMatchObject({ executed: true })
    expect(await other.step('SELECT * FROM extra')).toMatchObject({ executed: false })
    expect((await other.step(count)).text).toBe(before.text)
    await other.close()
    await reader.close()
  })

  it('lets nobody out of the databases', async () => {
    const opened = await session()
    for (const statement of [
      "SELECT LOAD_FILE('/etc/passwd')",
      "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE author",
      "SELECT 1 INTO OUTFILE '/tmp/leap-escape'",
      'SELECT 1; SELECT 2',
      'KILL 1',
    ])
      expect(await opened.step(statement), statement).toMatchObject({ executed: false, flags: ['refused'] })
    // Behind the refusals stand the rights of the account.
    expect((await opened.step('SELECT * FROM mysql.user')).text).toMatch(/denied/)
    expect((await opened.step('SHOW DATABASES')).text).not.toContain("'mysql'")
    expect((await opened.step('SET @@global.max_connections = 1')).executed).toBe(false)
    await opened.close()
  })

  it('ends what takes too long or gives too much, and goes on', async () => {
    const opened = await session({ milliseconds: 300, rows: 50 })
    expect(await opened.step('SELECT SLEEP(100)')).toMatchObject({ executed: false, flags: ['time'] })
    const many = await opened.step('SELECT * FROM book a, book b, book c')
    expect(many).toMatchObject({ text: 'Error executing query: more than 50 rows', flags: ['rows'] })
    expect(await opened.step('SELECT 1')).toMatchObject({ text: '[(1,)]' })
    await opened.close()
  })
})

describe.skipIf(!isHere)('the SQL environment', () => {
  it('is won by every gold query of our own', async () => {
    const tasks = book.splits.flatMap((split) => book.tasks(split))
    const report = await checkSqlGold(tasks, host, { signal: new AbortController().signal, onTask: () => {} })
    expect(report.faults).toEqual([])
    expect(report.full).toBe(85)
  })

  it('plays a stored solution, and hides from nobody but the student what it knows', async () => {
    const environment = createIntercodeSql({ book, host })
    const task = (await environment.tasks('valid_unseen'))[0]!
    const episode = await environment.open(task)
    expect(await episode.reset()).toEqual({ text: episode.instruction, score: 0, done: false })
    const solution = (await environment.solution(task))!
    const { gold } = book.find(task.id)!
    for (const action of solution.slice(0, -1)) await episode.step(action)
    const { data: hidden, text, secrets } = await episode.privilegedState()
    expect(hidden).toMatchObject({ gold, outputRight: true })
    expect(text).toContain(gold)
    expect(secrets).toContain(gold)
    expect(await episode.step('submit')).toMatchObject({ score: 1, done: true })
    await episode.reset()
    expect(await episode.step('submit')).toMatchObject({ score: 0, done: true })
    await episode.close()
    await expect(environment.tasks('nowhere')).rejects.toMatchObject({ code: 'SPLIT_UNKNOWN' })
    await expect(environment.open({ ...task, id: 'x' })).rejects.toMatchObject({ code: 'TASK_UNKNOWN' })
    expect(await environment.contentHash(task)).not.toBe(
      await environment.contentHash((await environment.tasks('train'))[0]!),
    )
  })

  it.skipIf(!isOfficial)('repeats the beginning of a recorded run', async () => {
    const recorded = await readRecordedLog(log)
    const tasks = official!.splits.flatMap((split) => official!.tasks(split)).sort((a, b) => a.row - b.row)
    const tally = await verifySql({ log: { ...recorded, episodes: recorded.episodes.slice(0, 60) }, tasks, host })
    expect(tally.scored).toBeGreaterThan(300)
    expect(tally.rewardsEqual / tally.scored).toBeGreaterThan(0.97)
    expect(tally.observationsEqual / tally.turns).toBeGreaterThan(0.85)
  })
})

describe.skipIf(!isHere)('the server', () => {
  it('leaves nothing behind when it is stopped', async () => {
    const mine = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('leap-sql-'))
    const before = await mine()
    const server = await startMariadb()
    const made = (await mine()).filter((name) => !before.includes(name))
    expect(made.length).toBeGreaterThan(0)
    await server.stop()
    expect(made.filter((name) => existsSync(`${tmpdir()}/${name}`))).toEqual([])
  })
})

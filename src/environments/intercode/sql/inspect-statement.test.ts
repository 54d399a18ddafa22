import { describe, expect, it } from 'vitest'
import { inspectStatement } from './inspect-statement.ts'

const kindOf = (statement: string) => inspectStatement(statement).kind

describe('inspectStatement', () => {
  it.each([
    'SELECT 1',
    '  (select a from t) union (select 2)',
    'WITH x AS (SELECT 1) SELECT * FROM x',
    'show tables;',
    'DESC `kill`',
    "SELECT 'INTO OUTFILE ; KILL 1'",
    'SELECT a -- ; LOAD DATA\nFROM t',
    'SELECT a # x ; y\n FROM t',
    'SELECT /* ; */ 1 ;  ',
    "SELECT 'it''s; \\'; b' ; -- done",
    'SELECT `a;b` FROM t',
    'I think the answer is 42',
    '',
  ])('lets %j read', (statement) => expect(kindOf(statement)).toBe('read'))

  it.each(['USE pets', 'set @x = 1', 'SET NAMES utf8mb4'])('takes %j for a change of the session', (statement) =>
    expect(kindOf(statement)).toBe('session'))

  it.each([
    'INSERT INTO t VALUES (1)',
    'update t set a = 1',
    'CREATE TABLE x (a int)',
    '/*!50000 DROP TABLE x */',
    'SELECT a FROM t FOR UPDATE',
    'TRUNCATE t',
    'BEGIN',
  ])('takes %j for a write', (statement) => expect(kindOf(statement)).toBe('write'))

  it.each([
    "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t",
    "load /* x */ data infile 'x' into table t",
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    "SELECT 1 INTO\n/* x */DUMPFILE '/tmp/x'",
    "SELECT 1 /*! INTO OUTFILE '/tmp/x' */",
    "SELECT LOAD_FILE('/etc/passwd')",
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE t',
    "PREPARE s FROM 'KILL 3'",
    "EXECUTE IMMEDIATE 'KILL 3'",
    'KILL 3',
    '/*!99999 KILL 3 */',
    '/*M!100000 SHUTDOWN */',
    "SET PASSWORD = 'x'",
    'SET GLOBAL max_connections = 1',
    'SET SESSION max_statement_time = 0',
    'CREATE USER x',
    'CREATE DATABASE x',
    'CREATE OR REPLACE PROCEDURE p() SELECT 1',
    'GRANT ALL ON *.* TO x',
    'BEGIN NOT ATOMIC KILL 3',
    'IF 1 THEN KILL 3',
    'LOCK TABLES t WRITE',
  ])('refuses %j', (statement) => expect(kindOf(statement)).toBe('refused'))

  it('reads long statements', () => {
    expect(kindOf(`SELECT ${'/*a'.repeat(300_000)}`)).toBe('read')
    expect(kindOf(`SELECT ${"'a".repeat(300_000)}`)).toBe('read')
  })
})

/** Where MariaDB names a clause by its keyword, MySQL describes it. */
const clauses: Readonly<Record<string, string>> = {
  SELECT: 'field list',
  WHERE: 'where clause',
  ON: 'on clause',
  'ORDER BY': 'order clause',
  'GROUP BY': 'group statement',
  HAVING: 'having clause',
  FROM: 'from clause',
}

/** An error of MariaDB in the words of MySQL 8, so that what an agent learns from errors does not depend on the server. */
export function errorAsMysql(message: string): string {
  return message
    .replace(/ in '(SELECT|WHERE|ON|ORDER BY|GROUP BY|HAVING|FROM)'/, (_, clause: string) => ` in '${clauses[clause]}'`)
    .replace(
      /Column '([^']*)' in (SELECT|WHERE|ON|ORDER BY|GROUP BY|HAVING|FROM) is ambiguous/,
      (_, column, clause) => `Column '${column}' in ${clauses[clause]} is ambiguous`,
    )
    .replace('your MariaDB server version', 'your MySQL server version')
}

/** A statement whose result describes columns. */
const describing = /^\s*(?:DESC|DESCRIBE|SHOW|EXPLAIN)\b|\binformation_schema\b/i
const widths = /\b(smallint|mediumint|int|bigint)\(\d+\)/g

/** MySQL 8 no longer shows the display widths of whole numbers: `int(11)` is `int` there. */
export function textAsMysql(text: string, statement: string): string {
  return describing.test(statement) ? text.replace(widths, '$1') : text
}

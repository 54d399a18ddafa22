/** A number with the weight it is drawn with. */
export type WeightedCount = readonly [count: number, weight: number]

export interface ReceptacleStatistics {
  /** Share of rooms that have the class, 0 to 1. */
  readonly present: number
  readonly counts: readonly WeightedCount[]
  /** Share of instances with a door. */
  readonly openable: number
  /** Share of instances that the agent uses from the same place as another receptacle. */
  readonly shared: number
}

export interface ObjectStatistics {
  /** Share of games that have the class, 0 to 1. */
  readonly present: number
  readonly counts: readonly WeightedCount[]
  /** Receptacle class and the share of instances that lie in or on one of that class. */
  readonly where: readonly (readonly [receptacle: string, share: number])[]
}

export interface RoomStatistics {
  readonly receptacles: ReadonlyMap<string, ReceptacleStatistics>
  readonly objects: ReadonlyMap<string, ObjectStatistics>
  readonly fixtures: ReadonlyMap<string, ObjectStatistics>
}

/** Reads the columns of a room's tables, percentages as fractions. Throws a TypeError naming a line that does not fit. */
export function readRoomStatistics(tables: { receptacles: string; objects: string; fixtures: string }): RoomStatistics {
  const receptacles = new Map(
    rows(tables.receptacles, 5).map(([name, present, counts, openable, shared]) => [
      name!,
      {
        present: Number(present) / 100,
        counts: pairs(counts!),
        openable: Number(openable) / 100,
        shared: Number(shared) / 100,
      },
    ]),
  )
  return { receptacles, objects: readObjects(tables.objects), fixtures: readObjects(tables.fixtures) }
}

function readObjects(table: string): Map<string, ObjectStatistics> {
  return new Map(
    rows(table, 4).map(([name, present, counts, where]) => [
      name!,
      {
        present: Number(present) / 100,
        counts: pairs(counts!),
        where: entries(where!).map(([receptacle, share]) => [receptacle!, Number(share) / 100] as const),
      },
    ]),
  )
}

function rows(table: string, columns: number): string[][] {
  const lines = table.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split(/\s+/)
      if (cells.length !== columns) throw new TypeError(`expected ${columns} columns, found "${line}"`)
      return cells
    })
}

function pairs(cell: string): WeightedCount[] {
  return entries(cell).map(([count, weight]) => [Number(count), Number(weight)] as const)
}

function entries(cell: string): string[][] {
  return cell.split(',').map((entry) => entry.split(':'))
}

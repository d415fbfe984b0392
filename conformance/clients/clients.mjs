// Reads and writes tables with the libraries that analysts use, for the Go tests.
// A line of JSON comes in, a line of JSON goes out: {"out": ...} or {"fault": "..."}.
//
// A table is {columns: [{name, type, keys, categories}], keys, rows: [[...]]}. Numbers
// that JavaScript calls BigInt are written as {"n": "1"}, times as {"t": "..."}.

import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const load = {
  arrow: () => import('apache-arrow'),
  arquero: () => import('arquero'),
  arquero4: () => import('arquero4'),
  hyparquet: () => import('hyparquet'),
  compressors: () => import('hyparquet-compressors'),
  writer: () => import('hyparquet-writer'),
  duckdb: () => import('@duckdb/node-api'),
}

let db // of DuckDB, for all queries

const cell = (v) => {
  if (v === undefined || v === null) return null
  if (typeof v === 'bigint') return { n: String(v) }
  if (v instanceof Date) return { t: v.toISOString().slice(0, 10) }
  return v
}

const calls = {
  // apache-arrow: everything that a table says of itself.
  async arrowRead ({ file }) {
    const { tableFromIPC } = await load.arrow()
    const t = tableFromIPC(readFileSync(file))
    const columns = t.schema.fields.map((f, i) => ({
      name: f.name,
      type: String(f.type),
      ordered: f.type.isOrdered,
      nullable: f.nullable,
      keys: Object.fromEntries(f.metadata),
      categories: t.getChildAt(i).data[0]?.dictionary ? [...t.getChildAt(i).data[0].dictionary] : undefined,
      isDate: String(f.type).startsWith('Date'),
    }))
    const rows = []
    for (let r = 0; r < t.numRows; r++) {
      rows.push(columns.map((c, i) => {
        const v = t.getChildAt(i).get(r)
        return c.isDate ? { t: new Date(v).toISOString().slice(0, 10) } : cell(v)
      }))
    }
    return { columns, keys: Object.fromEntries(t.schema.metadata), rows }
  },

  // The same table, or some of its rows, written again.
  async arrowWrite ({ file, to, format, from, until }) {
    const { tableFromIPC, tableToIPC } = await load.arrow()
    let t = tableFromIPC(readFileSync(file))
    if (until !== undefined) t = t.slice(from, until)
    writeFileSync(to, tableToIPC(t, format))
  },

  // Columns made from scratch.
  async arrowMake ({ to, columns }) {
    const { tableFromArrays, tableToIPC } = await load.arrow()
    const arrays = {}
    for (const [name, list] of Object.entries(columns)) arrays[name] = name === 'value' ? Float64Array.from(list) : list
    writeFileSync(to, tableToIPC(tableFromArrays(arrays), 'file'))
  },

  async arqueroRead ({ file }) {
    const aq = await load.arquero()
    const t = aq.fromArrow(readFileSync(file))
    const names = t.columnNames()
    return { columns: names.map(name => ({ name })), rows: t.objects().map(o => names.map(n => cell(o[n]))) }
  },

  // Backwards, without the missing values. A column of nothing but nulls has to go:
  // arquero 7 writes one without its field node, which no reader gets over.
  async arqueroWrite ({ file, to, format }) {
    const aq = await load.arquero()
    let t = aq.fromArrow(readFileSync(file))
    t = t.reify(t.filter(d => d.value !== null).indices().reverse())
    if (t.array('status').every(s => s === null || s === undefined)) t = t.select(aq.not('status'))
    writeFileSync(to, t.toArrowIPC({ format }))
  },

  // What jsonstat2arrow of jsonstat-conv does with its columns.
  async arquero4Write ({ to, columns }) {
    const aq = await load.arquero4()
    writeFileSync(to, aq.table(columns).toArrowBuffer())
  },

  async hyparquetRead ({ file }) {
    const { parquetMetadata, parquetReadObjects, parquetSchema } = await load.hyparquet()
    const { compressors } = await load.compressors()
    const bytes = readFileSync(file)
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const meta = parquetMetadata(buffer)
    const fields = parquetSchema(meta).children.map(c => c.element)
    const rows = await parquetReadObjects({ file: buffer, compressors })
    return {
      columns: fields.map(f => ({ name: f.name, type: [f.type, f.logical_type?.type ?? f.converted_type ?? ''].join(' ').trim(), nullable: f.repetition_type === 'OPTIONAL' })),
      keys: Object.fromEntries((meta.key_value_metadata ?? []).map(k => [k.key, k.value])),
      rows: rows.map(o => fields.map(f => cell(o[f.name]))),
      groups: meta.row_groups.length,
    }
  },

  async hyparquetWrite ({ to, columns }) {
    const { parquetWriteBuffer } = await load.writer()
    writeFileSync(to, Buffer.from(parquetWriteBuffer({ columnData: columns })))
  },

  // DuckDB: any query. Rows as JSON, dates and long numbers as texts.
  async duckdb ({ sql }) {
    db ??= await (await (await load.duckdb()).DuckDBInstance.create(':memory:')).connect()
    let out
    for (const q of [].concat(sql)) {
      const r = await db.runAndReadAll(q)
      out = { columns: r.columnNames().map((name, i) => ({ name, type: String(r.columnTypes()[i]) })), rows: r.getRowsJson() }
    }
    return out
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply
  try {
    const { call, ...args } = JSON.parse(line)
    reply = { out: (await calls[call](args)) ?? null }
  } catch (e) {
    reply = { fault: String(e?.stack ?? e) }
  }
  process.stdout.write(JSON.stringify(reply) + '\n')
}

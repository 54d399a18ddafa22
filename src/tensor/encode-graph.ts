import type { Graph } from './graph.ts'
import { ProtobufWriter } from './protobuf-writer.ts'
import { type Attribute, type Constant, type GraphNode, onnxTypeNumber, type Tensor } from './types.ts'

const irVersion = 10
const standardOperatorSet = 23
const microsoftOperatorSet = 1

/** The graph as an ONNX ModelProto. Only nodes and constants on which an output depends are written; all inputs are. */
export function encodeGraph(graph: Graph): Uint8Array {
  const { nodes, constants } = reachable(graph)
  const body = new ProtobufWriter()
  for (const node of nodes) body.bytes(1, encodeNode(node))
  body.bytes(2, 'leap')
  for (const constant of constants) body.bytes(5, encodeConstant(constant))
  for (const input of graph.inputs) body.bytes(11, encodeValue(input, input.name))
  for (const { name, tensor } of graph.outputs) {
    // An output needs a name of its own, since one tensor may be several outputs.
    body.bytes(1, new ProtobufWriter().bytes(1, tensor.name).bytes(2, name).bytes(4, 'Identity'))
    body.bytes(12, encodeValue(tensor, name))
  }
  return new ProtobufWriter()
    .integer(1, irVersion)
    .bytes(7, body)
    .bytes(8, new ProtobufWriter().bytes(1, '').integer(2, standardOperatorSet))
    .bytes(8, new ProtobufWriter().bytes(1, 'com.microsoft').integer(2, microsoftOperatorSet))
    .finish()
}

function reachable(graph: Graph): { nodes: GraphNode[]; constants: Constant[] } {
  const needed = new Set<Tensor>(graph.outputs.map(({ tensor }) => tensor))
  const nodes: GraphNode[] = []
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue
    nodes.push(node)
    for (const input of node.inputs) if (input) needed.add(input)
  }
  return { nodes: nodes.toReversed(), constants: graph.constants.filter(({ tensor }) => needed.has(tensor)) }
}

function encodeNode(node: GraphNode): ProtobufWriter {
  const writer = new ProtobufWriter()
  for (const input of node.inputs) writer.bytes(1, input?.name ?? '')
  for (const output of node.outputs) writer.bytes(2, output.name)
  writer.bytes(4, node.operator)
  for (const [name, value] of Object.entries(node.attributes)) writer.bytes(5, encodeAttribute(name, value))
  if (node.domain !== '') writer.bytes(7, node.domain)
  return writer
}

function encodeAttribute(name: string, value: Attribute): ProtobufWriter {
  const writer = new ProtobufWriter().bytes(1, name)
  if (typeof value === 'number') return writer.float(2, value).integer(20, 1)
  if (typeof value === 'bigint') return writer.integer(3, value).integer(20, 2)
  if (typeof value === 'string') return writer.bytes(4, value).integer(20, 3)
  if (value.every((item) => typeof item === 'bigint')) {
    for (const item of value) writer.integer(8, item)
    return writer.integer(20, 7)
  }
  for (const item of value) writer.float(7, Number(item))
  return writer.integer(20, 6)
}

function encodeConstant({ tensor, data }: Constant): ProtobufWriter {
  const writer = new ProtobufWriter()
  for (const dimension of tensor.shape) writer.integer(1, Number(dimension))
  return writer
    .integer(2, onnxTypeNumber[tensor.type])
    .bytes(8, tensor.name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

function encodeValue(tensor: Tensor, name: string): ProtobufWriter {
  const shape = new ProtobufWriter()
  for (const dimension of tensor.shape) {
    const writer = new ProtobufWriter()
    shape.bytes(1, typeof dimension === 'number' ? writer.integer(1, dimension) : writer.bytes(2, dimension))
  }
  const tensorType = new ProtobufWriter().integer(1, onnxTypeNumber[tensor.type]).bytes(2, shape)
  return new ProtobufWriter().bytes(1, name).bytes(2, new ProtobufWriter().bytes(1, tensorType))
}

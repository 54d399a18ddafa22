import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { encodeGraph } from './encode-graph.ts'
import { Graph } from './graph.ts'
import { softmax } from './operations/activation.ts'
import { add, multiply } from './operations/arithmetic.ts'
import { transpose } from './operations/shape.ts'

// The part of the ONNX specification that graphs use, written down once more, as a reader of the files.
const model = protobuf
  .parse(`syntax = "proto3";
    message Attribute { string name = 1; float f = 2; int64 i = 3; bytes s = 4; repeated int64 ints = 8; int32 type = 20; }
    message Node { repeated string input = 1; repeated string output = 2; string op_type = 4; repeated Attribute attribute = 5; string domain = 7; }
    message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
    message Dimension { int64 dim_value = 1; string dim_param = 2; }
    message Shape { repeated Dimension dim = 1; }
    message TensorType { int32 elem_type = 1; Shape shape = 2; }
    message Type { TensorType tensor_type = 1; }
    message Value { string name = 1; Type type = 2; }
    message Graph { repeated Node node = 1; string name = 2; repeated Tensor initializer = 5; repeated Value input = 11; repeated Value output = 12; }
    message OperatorSet { string domain = 1; int64 version = 2; }
    message Model { int64 ir_version = 1; Graph graph = 7; repeated OperatorSet opset_import = 8; }`)
  .root.lookupType('Model')

interface Read {
  graph: {
    node: {
      input: string[]
      output: string[]
      opType: string
      attribute?: { name: string; ints?: number[]; i?: number }[]
    }[]
    initializer: { name: string; dims?: number[]; dataType: number; rawData: number[] }[]
    input: { name: string; type: { tensorType: { elemType: number; shape: { dim: unknown[] } } } }[]
    output: { name: string }[]
  }
}

const read = (graph: Graph) => model.toObject(model.decode(encodeGraph(graph)), { longs: Number, bytes: Array }) as Read

describe('encodeGraph', () => {
  it('writes inputs with named sizes, nodes with attributes, constants and outputs', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['n', 3])
    graph.output('y', transpose(multiply(x, graph.scalar(2)), [1, 0]))
    const { node, initializer, input, output } = read(graph).graph
    expect(input).toEqual([
      { name: 'x', type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: 'n' }, { dimValue: 3 }] } } } },
    ])
    expect(node.map((one) => one.opType)).toEqual(['Mul', 'Transpose', 'Identity'])
    expect(node[1]!.attribute).toEqual([{ name: 'perm', ints: [1, 0], type: 7 }])
    expect(node[2]!.output).toEqual(['y'])
    expect(initializer).toEqual([
      { name: node[0]!.input[1], dataType: 1, rawData: [...new Uint8Array(Float32Array.of(2).buffer)] },
    ])
    expect(output.map((one) => one.name)).toEqual(['y'])
  })

  it('leaves out what no output needs', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [3])
    softmax(add(x, graph.scalar(5)))
    graph.output('y', add(x, graph.scalar(6)))
    const { node, initializer } = read(graph).graph
    expect(node.map((one) => one.opType)).toEqual(['Add', 'Identity'])
    expect(initializer.length).toBe(1)
  })
})

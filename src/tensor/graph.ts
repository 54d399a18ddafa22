import { LeapError } from '../contracts/error.ts'
import {
  type Attribute,
  type Constant,
  type DataType,
  fixedSize,
  type GradientRule,
  type GraphNode,
  type Shape,
  type Tensor,
  type TensorData,
} from './types.ts'

/** What {@link Graph.node} needs to add an operator application. */
export interface NodeSpecification {
  operator: string
  domain?: string
  inputs: readonly (Tensor | undefined)[]
  attributes?: Readonly<Record<string, Attribute>>
  outputs: readonly { type: DataType; shape: Shape }[]
  gradient?: GradientRule
  /** See {@link GraphNode.sources}; the inputs when left out. */
  sources?: readonly Tensor[]
}

/**
 * A computation under construction: inputs, constants, nodes and named outputs. Operations (`operations/*.ts`) add nodes,
 * {@link gradients} adds the backward pass as more nodes, {@link encodeGraph} turns it into an ONNX model.
 */
export class Graph {
  readonly nodes: GraphNode[] = []
  readonly inputs: Tensor[] = []
  readonly constants: Constant[] = []
  readonly outputs: { name: string; tensor: Tensor }[] = []
  readonly #names = new Set<string>()
  readonly #shared = new Map<string, Tensor>()
  readonly #dimensions = new Map<string, { tensor: Tensor; axis: number }>()
  #count = 0

  /** Declares what every run must feed under this name. */
  input(name: string, type: DataType, shape: Shape): Tensor {
    const tensor = this.#tensor(name, type, shape)
    this.inputs.push(tensor)
    return tensor
  }

  /** Stores numbers in the graph. Use {@link scalar} for single numbers: those are shared. */
  constant(type: DataType, shape: readonly number[], data: TensorData, name = this.#freshName('constant')): Tensor {
    if (fixedSize(shape) !== data.length)
      throw new LeapError({
        code: 'TENSOR_SHAPE',
        message: `constant ${name}: the shape [${shape.join(', ')}] does not hold ${data.length} elements`,
      })
    const tensor = this.#tensor(name, type, shape)
    this.constants.push({ tensor, data })
    return tensor
  }

  /** A float32 constant of shape []. Equal values share one tensor. */
  scalar(value: number): Tensor {
    return this.once(`scalar ${value}`, () => this.constant('float32', [], Float32Array.of(value)))
  }

  /** An int64 constant of shape [n], as shape arguments are. Equal values share one tensor. */
  integers(values: readonly number[]): Tensor {
    return this.once(`integers ${values.join(' ')}`, () =>
      this.constant('int64', [values.length], BigInt64Array.from(values, BigInt)),
    )
  }

  /** The tensor stored under `key`, made at the first call: for values that several operations need. */
  once(key: string, make: () => Tensor): Tensor {
    const known = this.#shared.get(key)
    if (known) return known
    const made = make()
    this.#shared.set(key, made)
    return made
  }

  /** Adds a node and returns its outputs. */
  node(specification: NodeSpecification): Tensor[] {
    const { operator, domain = '', inputs, attributes = {}, gradient, sources = inputs } = specification
    const stranger = inputs.find((input) => input !== undefined && input.graph !== this)
    if (stranger)
      throw new LeapError({ code: 'TENSOR_GRAPH', message: `${operator}: ${stranger.name} is of another graph` })
    const outputs = specification.outputs.map(({ type, shape }) => this.#tensor(this.#freshName(operator), type, shape))
    this.nodes.push({ operator, domain, inputs, outputs, attributes, gradient, sources })
    return outputs
  }

  /** Makes a tensor a result of every run. */
  output(name: string, tensor: Tensor): void {
    if (this.outputs.some((output) => output.name === name))
      throw new LeapError({ code: 'TENSOR_NAME', message: `the graph has two outputs named ${name}` })
    this.outputs.push({ name, tensor })
  }

  /** The size that a dimension's name stands for in the current run, as int64 of shape [1]. */
  dimension(symbol: string): Tensor {
    return this.once(`dimension ${symbol}`, () => {
      const source = this.#dimensions.get(symbol)
      if (!source) throw new LeapError({ code: 'TENSOR_SHAPE', message: `no tensor has a dimension named ${symbol}` })
      const attributes = { start: BigInt(source.axis), end: BigInt(source.axis + 1) }
      return this.node({
        operator: 'Shape',
        inputs: [source.tensor],
        attributes,
        outputs: [{ type: 'int64', shape: [1] }],
      })[0]!
    })
  }

  #tensor(name: string, type: DataType, shape: Shape): Tensor {
    if (this.#names.has(name))
      throw new LeapError({ code: 'TENSOR_NAME', message: `the graph has two tensors named ${name}` })
    this.#names.add(name)
    const tensor: Tensor = { graph: this, name, type, shape }
    shape.forEach((dimension, axis) => {
      if (typeof dimension === 'string' && !this.#dimensions.has(dimension))
        this.#dimensions.set(dimension, { tensor, axis })
    })
    return tensor
  }

  #freshName(stem: string): string {
    return `${stem}_${this.#count++}`
  }
}

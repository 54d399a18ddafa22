/** JSON Schema of an answer that corrects several turns; strict, as providers with structured output ask for. */
export const correctionsSchema = {
  name: 'corrections',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['summary', 'trajectory'],
    properties: {
      summary: { type: 'string' },
      trajectory: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['timestep', 'original_action', 'corrected_reason', 'corrected_action'],
          properties: {
            timestep: { type: 'integer' },
            original_action: { type: 'string' },
            corrected_reason: { type: 'string' },
            corrected_action: { type: 'string' },
          },
        },
      },
    },
  },
}

/** JSON Schema of the blind judge's answer. */
export const judgementSchema = {
  name: 'judgement',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['justified', 'because'],
    properties: { justified: { type: 'string', enum: ['yes', 'no'] }, because: { type: 'string' } },
  },
}

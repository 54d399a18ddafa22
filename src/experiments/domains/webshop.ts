import type { Domain } from '../../contracts/domain.ts'
import { explainShopping } from '../../environments/webshop/agent/explain.ts'
import { shopKindOf } from '../../environments/webshop/agent/kinds.ts'
import { openedBy, recallShopping } from '../../environments/webshop/agent/shopping.ts'
import { createWebshop } from '../../environments/webshop/environment/create-webshop.ts'
import { shopMeasures } from '../../environments/webshop/environment/measures.ts'
import type { LeapSessionOptions } from '../../environments/webshop/leap-session.ts'
import type { Shop } from '../../environments/webshop/shop.ts'
import { shopRenderer } from '../../policies/prompts/shop.ts'
import { createCarefulShopper, createHastyShopper } from '../../policies/scripted/shopper.ts'
import { createShopTeacher, createShopTeacherPolicy } from '../../teachers/webshop/shop-teacher.ts'
import { shopReplayRows } from '../base/shop/shop-replay.ts'

/** A shop with its scripted teacher (no key, no network), its labeller, its scripted shoppers and the measures of the paper's Figure 3. */
export function openWebshopDomain(
  shop: Shop,
  { close = () => {}, ...options }: LeapSessionOptions & { close?: () => void } = {},
): Domain {
  return {
    environment: { ...createWebshop(shop, options), close: async () => close() },
    teacher: createShopTeacher,
    teacherPolicy: createShopTeacherPolicy,
    baselines: () => [createHastyShopper(), createCarefulShopper(), createShopTeacherPolicy({ level: 3, lambda: 1 })],
    explain: ({ instruction, steps }) =>
      steps.map(({ observation, action }, index) =>
        explainShopping(recallShopping(instruction, steps.slice(0, index), observation), action),
      ),
    replay: shopReplayRows,
    kindOf: ({ steps }, step) => shopKindOf(steps[step]!.action),
    // A product that is opened again was not left for good reasons.
    searchProbe: { place: ({ action }) => openedBy(action) },
    renderer: shopRenderer,
    spans: 'words',
    panels: { selection: 'eval', reported: [{ name: 'test', split: 'test' }] },
    measures: shopMeasures,
    criterion: 'score',
  }
}

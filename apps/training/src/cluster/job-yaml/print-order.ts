import { text } from 'node:stream/consumers';
import { isModaError, parseTrainSpec } from '@moda/contracts';
import { z } from 'zod';
import { handSettings } from './hand-settings.js';
import { orderAsYaml } from './order-as-yaml.js';

const orderSchema = z.strictObject({
  name: z.string(),
  priority: z.number(),
  claim: z.string(),
  spec: z.unknown(),
});

/** What the program says, on one line of standard output. */
export type Printed =
  | { readonly kind: 'printed'; readonly yaml: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** Reads an order as JSON from standard input and says what its Job is, or why there is none. */
export async function printOrder(): Promise<void> {
  const { spec, ...order } = orderSchema.parse(JSON.parse(await text(process.stdin)));
  process.stdout.write(`${JSON.stringify(printed())}\n`);

  function printed(): Printed {
    try {
      return {
        kind: 'printed',
        yaml: orderAsYaml({ ...order, spec: parseTrainSpec(spec) }, handSettings(process.env)),
      };
    } catch (error) {
      if (!isModaError(error)) throw error;
      return { kind: 'refused', code: error.code, message: error.message };
    }
  }
}

import type { HostTensor } from '../../graph/network.js';
import { LayerNames } from './layer-names.js';

/** A value in the JSON of a model. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A layer that every TensorFlow.js and Keras knows, before it has a name and inputs. */
export interface StockLayer {
  readonly className: string;
  /** Its settings under Keras' names, without `name`. */
  readonly config: Readonly<Record<string, Json>>;
  /** By Keras' names: `kernel`, `bias`, `gamma` … */
  readonly weights?: Readonly<Record<string, HostTensor>>;
}

/** A layer in its place. */
export interface PlacedLayer extends StockLayer {
  readonly name: string;
  /** Names of the layers whose outputs it takes. */
  readonly inputs: readonly string[];
}

/** The layers of a model in the making, each after its inputs. */
export class LayersGraph {
  private readonly names = new LayerNames();
  private readonly placed: PlacedLayer[] = [];

  get layers(): readonly PlacedLayer[] {
    return this.placed;
  }

  /** Places a layer under the wanted name, or the nearest one that is allowed and free, and tells that name. */
  add(wantedName: string, layer: StockLayer, inputs: readonly string[]): string {
    const name = this.names.claim(wantedName);
    this.placed.push({ ...layer, name, inputs });
    return name;
  }
}

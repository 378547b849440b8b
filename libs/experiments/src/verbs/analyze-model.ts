import { analyzeModules, type FloorHit, type ModuleAnalysis } from '@moda/moda';
import { ratesOf, readModel } from '../model/model-folder.js';
import type { RunContext } from '../run-context.js';

export interface AnalyzeOptions {
  readonly model: string;
  readonly tau: number;
}

export interface ModuleFacts {
  readonly class: number;
  readonly name: string;
  readonly parameters: number;
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
  /** Layers in which the class reached too few units by tau and took its most frequent ones instead. */
  readonly floorHits: number;
}

/** Sizes and overlaps of all modules of a model. Shares are of the whole model, 0..1. */
export interface AnalyzeResult {
  readonly tau: number;
  /** Trainable parameters of the whole model. */
  readonly parameters: number;
  readonly flops: number;
  readonly modules: readonly ModuleFacts[];
  readonly meanShare: number;
  readonly meanFlopsShare: number;
  /** Mean over pairs of the trainable parameters that both modules have, as a share of the model. */
  readonly meanOverlap: number;
  /** The same with running statistics among the shared values, as the method's authors count. */
  readonly meanOverlapWithStatistics: number;
  /** Mean over pairs of shared parameters / parameters that either module has. */
  readonly meanJaccard: number;
  /** `[class][class]`. */
  readonly overlap: readonly (readonly number[])[];
  readonly jaccard: readonly (readonly number[])[];
  readonly layers: ModuleAnalysis['layers'];
  readonly floorHits: readonly FloorHit[];
}

/** What the modules of a decomposed model weigh and share, from its channel sets alone. */
export async function analyzeModel(options: AnalyzeOptions, _context: RunContext): Promise<AnalyzeResult> {
  const stored = await readModel(options.model);
  const analysis = analyzeModules(stored.network, ratesOf(stored), options.tau);
  return analysisOf(
    analysis,
    stored.manifest.classes.map(({ name }) => name),
  );
}

/** An analysis in the form that commands print and reports keep. */
export function analysisOf(analysis: ModuleAnalysis, names: readonly string[]): AnalyzeResult {
  return {
    tau: analysis.tau,
    parameters: analysis.model.parameters,
    flops: analysis.model.flops,
    modules: analysis.modules.map(({ kept: _kept, ...module }) => ({
      name: names[module.class] ?? String(module.class),
      ...module,
      floorHits: analysis.floorHits.filter((hit) => hit.class === module.class).length,
    })),
    meanShare: analysis.meanShare,
    meanFlopsShare: analysis.meanFlopsShare,
    meanOverlap: analysis.meanOverlap,
    meanOverlapWithStatistics: analysis.meanStateOverlap,
    meanJaccard: analysis.meanJaccard,
    overlap: analysis.pairs.overlap,
    jaccard: analysis.pairs.jaccard,
    layers: analysis.layers,
    floorHits: analysis.floorHits,
  };
}

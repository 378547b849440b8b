import { isModaError, ModaError } from '@moda/contracts';
import { type ActivationRates, analyzeModules, masksAt, type ModuleAnalysis } from '@moda/moda/surgery';
import { decodeActivationRates, type ModelManifest, parseManifest } from '@moda/module-format';
import {
  type Architecture,
  countFlops,
  countParameters,
  inferShapes,
  outputShape,
  parseArchitecture,
  trackedLayers,
} from '@moda/nn/graph';
import type {
  ClassMap,
  LayerPairs,
  Matrix,
  ModulesAt,
  OpenedModel,
  SizeAt,
  UnitUse,
} from '../model/modules-at';
import type { Question, Questions, Reply } from './protocol';

interface Open {
  readonly manifest: ModelManifest;
  readonly architecture: Architecture;
  readonly rates: ActivationRates;
}

/** Analyses that are kept: all thresholds of the slider. One of 100 classes is some 300 kB. */
const keptAnalyses = 101;

/** Answers what a page asks about the modules of one model, from its rates and its channel sets: no weight is needed. */
export function createModuleDesk(): (question: Question) => Reply {
  let open: Open | undefined;
  const analyses = new Map<number, ModuleAnalysis>();

  const model = (): Open => {
    if (open) return open;
    throw new ModaError('USAGE', 'No model is open; open one first.');
  };
  const analysisAt = (tau: number): ModuleAnalysis => {
    const known = analyses.get(tau);
    if (known) return known;
    const { architecture, rates } = model();
    const analysis = analyzeModules({ architecture }, rates, tau);
    const oldest = analyses.keys().next();
    if (analyses.size >= keptAnalyses && oldest.done !== true) analyses.delete(oldest.value);
    analyses.set(tau, analysis);
    return analysis;
  };

  function answer(question: Question): Questions[Question['name']]['answer'] {
    switch (question.name) {
      case 'open':
        open = openModel(question.given);
        analyses.clear();
        return describe(open);
      case 'at':
        return modulesAt(analysisAt(question.given.tau));
      case 'sizes':
        return question.given.taus.map((tau) => sizeAt(analysisAt(tau)));
      case 'layer':
        return layerPairs(analysisAt(question.given.tau), question.given.layer);
      case 'classMap':
        return classMap(model().rates, question.given);
      case 'unit':
        return unitUse(model().rates, question.given);
    }
  }

  return (question) => {
    try {
      return { id: question.id, answer: answer(question) };
    } catch (error) {
      if (!isModaError(error)) throw error;
      return { id: question.id, code: error.code, message: error.message };
    }
  };
}

function openModel({ manifest: text, rates: bytes }: Questions['open']['given']): Open {
  const manifest = parseManifest(text);
  const architecture = parseArchitecture(manifest.architecture);
  const rates = decodeActivationRates(new Uint8Array(bytes));
  const layers = trackedLayers(architecture);
  const fits =
    rates.samples.length === outputShape(architecture).channels.kept.length &&
    rates.layers.length === layers.length &&
    rates.layers.every(({ name, units }, l) => layers[l]?.name === name && layers[l].channels.of === units);
  if (fits) return { manifest, architecture, rates };
  throw new ModaError(
    'RATES_INVALID',
    'The activation rates of this run belong to another network; decompose the model again.',
  );
}

function describe({ manifest, architecture, rates }: Open): OpenedModel {
  return {
    name: manifest.name ?? architecture.name,
    architecture: architecture.name,
    dataset: manifest.dataset?.name,
    method: manifest.training?.method,
    device: manifest.device,
    parameters: countParameters(architecture),
    flops: countFlops(architecture),
    lastInputs: lastInputs(architecture),
    classes: manifest.classes.map(({ index, name }) => ({
      index,
      name,
      accuracy: manifest.metrics?.[`accuracy:${index}`],
      samples: rates.samples[index] ?? 0,
    })),
    layers: rates.layers.map(({ name, units }) => ({ name, units })),
  };
}

function lastInputs(architecture: Architecture): number | undefined {
  const last = architecture.operators.at(-1);
  if (last?.op !== 'dense') return undefined;
  return inferShapes(architecture).get(last.inputs[0] ?? '')?.channels.kept.length;
}

function modulesAt(analysis: ModuleAnalysis): ModulesAt {
  const { tau, layers, floorHits, pairs, modules } = analysis;
  return {
    tau,
    modules: modules.map(({ class: label, parameters, share, flops, flopsShare }) => ({
      class: label,
      parameters,
      share,
      flops,
      flopsShare,
      overlap: meanWithOthers(pairs.overlap, label),
      floorHits: floorHits.filter((hit) => hit.class === label).length,
    })),
    meanShare: analysis.meanShare,
    meanFlopsShare: analysis.meanFlopsShare,
    meanOverlap: analysis.meanOverlap,
    meanStateOverlap: analysis.meanStateOverlap,
    meanJaccard: analysis.meanJaccard,
    layers,
    floorHits,
    overlap: pairs.overlap,
    jaccard: pairs.jaccard,
  };
}

function meanWithOthers(matrix: Matrix, row: number): number {
  const others = (matrix[row] ?? []).filter((_, column) => column !== row);
  return others.length > 0 ? others.reduce((sum, value) => sum + value, 0) / others.length : 0;
}

function sizeAt({ tau, meanShare, meanFlopsShare, meanOverlap, floorHits }: ModuleAnalysis): SizeAt {
  return { tau, meanShare, meanFlopsShare, meanOverlap, floorHits: floorHits.length };
}

function layerPairs({ tau, layers, modules }: ModuleAnalysis, name: string): LayerPairs {
  const position = layers.findIndex((layer) => layer.name === name);
  const layer = layers[position];
  if (!layer) throw unknownLayer(name);
  const kept = modules.map((module) => module.kept[position] ?? []);
  const both = countsInBoth(kept, layer.units);
  return {
    tau,
    layer: name,
    units: layer.units,
    overlap: both.map((row) => row.map((shared) => shared / layer.units)),
    jaccard: both.map((row, i) =>
      row.map((shared, j) => shared / ((kept[i]?.length ?? 0) + (kept[j]?.length ?? 0) - shared)),
    ),
  };
}

/** How many units two classes both keep, `[class][class]`. A layer of 4096 units has a hundred classes ready while somebody drags. */
function countsInBoth(kept: readonly (readonly number[])[], units: number): number[][] {
  const rows = kept.map(() => new Array<number>(kept.length).fill(0));
  const isKept = new Uint8Array(units);
  kept.forEach((own, i) => {
    isKept.fill(0);
    for (const unit of own) isKept[unit] = 1;
    for (let j = 0; j <= i; j++) {
      let both = 0;
      for (const unit of kept[j] ?? []) both += isKept[unit] ?? 0;
      rows[i]![j] = both;
      rows[j]![i] = both;
    }
  });
  return rows;
}

function classMap(rates: ActivationRates, { tau, class: label }: Questions['classMap']['given']): ClassMap {
  const { kept: keptByAll } = masksAt(rates, tau);
  const kept = keptByAll[label];
  const total = rates.samples[label];
  if (!kept || total === undefined)
    throw new ModaError('CLASS_UNKNOWN', `The model has no class ${label}; choose one of its classes.`);
  return {
    tau,
    class: label,
    layers: rates.layers.map(({ name, units, counts }, l) => {
      const own = new Set(kept[l]);
      const keptBy = new Array<number>(units).fill(0);
      for (const layers of keptByAll)
        for (const unit of layers[l] ?? []) keptBy[unit] = (keptBy[unit] ?? 0) + 1;
      return {
        name,
        rates: Array.from(counts.subarray(label * units, (label + 1) * units), (count) => count / total),
        kept: Array.from({ length: units }, (_, unit) => own.has(unit)),
        keptBy,
      };
    }),
  };
}

function unitUse(rates: ActivationRates, { tau, layer: name, unit }: Questions['unit']['given']): UnitUse {
  const position = rates.layers.findIndex((layer) => layer.name === name);
  const layer = rates.layers[position];
  if (!layer || unit < 0 || unit >= layer.units) throw unknownLayer(`${name} ${unit}`);
  const { kept } = masksAt(rates, tau);
  return {
    layer: name,
    unit,
    classes: Array.from(rates.samples, (total, label) => ({
      class: label,
      rate: (layer.counts[label * layer.units + unit] ?? 0) / total,
      kept: kept[label]?.[position]?.includes(unit) ?? false,
    })),
  };
}

function unknownLayer(name: string): ModaError {
  return new ModaError('USAGE', `The model has no tracked layer "${name}"; choose one of its layers.`);
}

export { accuracyBySubtaskSize, type SubtaskAccuracy } from './accuracy-by-subtask-size.js';
export { csv, type CsvCell } from './csv.js';
export { type CurveEpoch, learningCurves, type LearningCurves } from './learning-curves.js';
export { type Alignment, markdownTable } from './markdown-table.js';
export { moduleSizes, type ModuleSizes } from './module-sizes.js';
export { overlapMap, type OverlapMap } from './overlap-map.js';
